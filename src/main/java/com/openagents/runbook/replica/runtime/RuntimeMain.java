package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.MissingVariable;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.release.Release;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * The process: {@code start} serves until it is told to stop, {@code eval <expression>} runs one release command. The
 * environment configures it as in contract 0.3; POD_IP also says which address to listen on.
 */
public final class RuntimeMain {
    private static final int FAILURE = 1;

    private final Variables variables;
    private final PrintStream out;
    private final PrintStream err;

    private RuntimeMain(Variables variables, PrintStream out, PrintStream err) {
        this.variables = variables;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        // Half-written lines would tear the log apart, so standard output is flushed by line and in UTF-8.
        var out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        new RuntimeMain(new Variables(System.getenv()), out, System.err).run(arguments);
    }

    private void run(String[] arguments) {
        try {
            exitWithParent();
            var config = RuntimeConfig.read(variables);
            if (arguments.length == 1 && arguments[0].equals("start")) {
                serve(config);
            } else if (arguments.length == 2 && arguments[0].equals("eval")) {
                System.exit(new Release(config, out, err).evaluate(arguments[1]));
            } else {
                err.println("Usage: openagents_runtime start | eval EXPRESSION");
                System.exit(FAILURE);
            }
        } catch (MissingVariable missing) {
            bootError("ERROR! Config provider Config.Reader failed with:\n** (RuntimeError) " + missing.getMessage());
        } catch (IllegalArgumentException invalid) {
            bootError("ERROR! Config provider Config.Reader failed with:\n** (ArgumentError) " + invalid.getMessage());
        }
    }

    private void serve(RuntimeConfig config) {
        if (config.faults().has(ProcessFaults.CRASH_ON_START)) {
            bootError(
                    "** (Mix) Could not start application openagents_runtime: OpenAgentsRuntime.Application.start(:normal, [])"
                            + " returned an error: shutdown: failed to start child: OpenAgentsRuntime.RuntimeSupervisor");
            return;
        }
        var log = new Log(out, !config.faults().has(ProcessFaults.REQUEST_ID_NOT_LOGGED));
        try {
            var service =
                    RuntimeService.start(config, log, () -> Runtime.getRuntime().halt(FAILURE));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, log), "stop"));
            if (config.faults().has(ProcessFaults.EAT_MEMORY)) {
                MemoryEater.start(config.variables().setting("MEMORY_EATEN_BYTES", 4L << 30));
            }
            // Without a listener no other thread would keep the process alive.
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (BootFailure failure) {
            log.error(failure.getMessage());
            bootError("Runtime terminating during boot ({shutdown, " + failure.child() + "})");
        }
    }

    /** A stop that was asked for is a success, whatever signal asked: the virtual machine would say 143. */
    private static void stop(RuntimeService service, Log log) {
        log.notice("SIGTERM received - shutting down");
        service.stop();
        Runtime.getRuntime().halt(0);
    }

    private void exitWithParent() {
        if (!variables.setting("EXIT_WITH_PARENT", "false").equals("true")) {
            return;
        }
        var watcher = new Thread(
                () -> {
                    try {
                        System.in.transferTo(java.io.OutputStream.nullOutputStream());
                    } catch (IOException gone) {
                        // As good as the end of the stream: nobody holds the other side.
                    }
                    Runtime.getRuntime().halt(FAILURE);
                },
                "parent");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void bootError(String text) {
        out.println(text);
        out.flush();
        err.flush();
        Runtime.getRuntime().halt(FAILURE);
    }
}
