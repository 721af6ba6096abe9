package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.logging.Log;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The control plane of a replica: it can be stopped, and started again with other settings under the same address. */
public final class ControlPlaneReplica implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";

    private final PrintStream log;
    private final Map<String, String> variables;
    private ControlPlane running;

    private ControlPlaneReplica(Map<String, String> variables, PrintStream log) {
        this.variables = new HashMap<>(variables);
        this.log = log;
    }

    /**
     * @param variables the environment of the control plane (contract 5.6)
     * @param logFile where it writes its log
     */
    public static ControlPlaneReplica start(Map<String, String> variables, Path logFile) {
        try {
            var replica = new ControlPlaneReplica(variables, new PrintStream(logFile.toFile(), StandardCharsets.UTF_8));
            replica.variables.put("POD_IP", ADDRESS);
            replica.variables.put("PORT", "0");
            replica.open();
            replica.variables.put(
                    "PORT", String.valueOf(replica.running.address().getPort()));
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException("the log of the control plane cannot be written: " + logFile, e);
        }
    }

    private void open() {
        try {
            running = ControlPlane.start(new Variables(variables), new Log(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the control plane started", e);
        }
    }

    public URI uri() {
        return URI.create("http://" + ADDRESS + ":" + variables.get("PORT"));
    }

    /** Nobody answers any more. */
    public void stop() {
        running.close();
    }

    /** Starts it again; {@code changes} take the place of the settings of the same names. */
    public void restart(Map<String, String> changes) {
        running.close();
        variables.putAll(changes);
        open();
    }

    @Override
    public void close() {
        running.close();
        log.close();
    }
}
