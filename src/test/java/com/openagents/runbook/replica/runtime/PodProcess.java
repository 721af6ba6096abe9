package com.openagents.runbook.replica.runtime;

import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod in a process of its own, which can be killed and comes back at the same address. */
public final class PodProcess implements Pod, AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Map<String, String> environment;
    private final int port;
    private final Path folder;
    private int starts;
    private Path log;
    private Process process;

    private PodProcess(Map<String, String> environment, int port, Path folder) {
        this.environment = environment;
        this.port = port;
        this.folder = folder;
    }

    /** @param folder where its logs go */
    public static PodProcess start(DatabaseReplica database, Map<String, String> extra, Path folder)
            throws IOException {
        int port = freePort();
        var environment = TestPod.variables(database, extra);
        environment.put("PORT", String.valueOf(port));
        var pod = new PodProcess(environment, port, folder);
        pod.launch();
        pod.awaitReady();
        return pod;
    }

    /** Starts it again without waiting for it; nothing happens if it runs. */
    public void launch() throws IOException {
        if (!isRunning()) {
            log = folder.resolve("pod-" + port + "-" + starts++ + ".log");
            process = run(environment, log, "start");
        }
    }

    public void awaitReady() {
        await("pod serves").atMost(SOON).until(this::isReady);
    }

    public boolean isReady() throws IOException {
        return isRunning() && log().contains("Running OpenAgentsRuntimeWeb.Endpoint");
    }

    private boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** As hard as it gets, and returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public Process process() {
        return process;
    }

    public int port() {
        return port;
    }

    @Override
    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Runs the program with the arguments and exactly these variables besides those of this process. */
    static Process run(Map<String, String> environment, Path log, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                        .orElse(System.getProperty("java.class.path")),
                RuntimeMain.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
