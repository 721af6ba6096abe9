package com.openagents.runbook.replica.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The small shell process between us and the server (see {@code supervisor.sh}). It holds the read end of a pipe from
 * us, so it learns of our end however we end. It lives in a session of its own where {@code setsid} exists, so that
 * Ctrl-C reaches us and not the server: what is to be undone at the end still finds its database.
 */
final class Supervisor implements AutoCloseable {
    private static final String IN_OWN_SESSION =
            "if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec \"$@\"; fi";
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private CompletableFuture<String> exit = CompletableFuture.completedFuture("never started");

    private Supervisor(Process process) {
        this.process = process;
    }

    /** Watches over the folder from now on; the server starts with {@link #start}. */
    static Supervisor over(Path folder, boolean keepFolder, List<String> server, ServerAccount account)
            throws IOException {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", IN_OWN_SESSION, "sh"));
        var supervised = new ArrayList<>(List.of("/bin/sh", "-c", Resources.text("supervisor.sh"), "supervisor"));
        supervised.addAll(List.of(folder.toString(), keepFolder ? "yes" : "no"));
        supervised.addAll(server);
        command.addAll(account.wrap(supervised));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        cleanEnvironment(builder);
        var supervisor = new Supervisor(builder.start());
        var reader = new Thread(supervisor::listen, "postgres-supervisor");
        reader.setDaemon(true);
        reader.start();
        return supervisor;
    }

    /** Settings of a database that this user works with have no business here. */
    static void cleanEnvironment(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
    }

    synchronized void start() throws IOException {
        exit = new CompletableFuture<>();
        say("start");
    }

    synchronized boolean isRunning() {
        return !exit.isDone();
    }

    /** Stops the server in order, and at once if that takes too long. */
    void stop() throws IOException {
        if (isRunning() && !stopped("stop") && !stopped("quit")) {
            throw new IOException("PostgreSQL did not stop within " + 2 * STOP_SECONDS + " seconds");
        }
    }

    /** Stops the server; the supervisor then removes the folder unless it is to be kept. */
    @Override
    public void close() throws IOException {
        stop();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopped(String word) throws IOException {
        CompletableFuture<String> current;
        synchronized (this) {
            current = exit;
            say(word);
        }
        try {
            current.get(STOP_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("the supervisor of PostgreSQL failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void say(String word) throws IOException {
        OutputStream pipe = process.getOutputStream();
        pipe.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }

    private void listen() {
        try (var lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                ended(line);
            }
        } catch (IOException e) {
            ended("supervisor lost: " + e.getMessage());
        }
        ended("supervisor gone");
    }

    private synchronized void ended(String how) {
        exit.complete(how);
    }
}
