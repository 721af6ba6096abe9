package com.openagents.runbook.replica.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One PostgreSQL server on 127.0.0.1, its data in {@code data} of a folder, its log beside it. */
final class LocalServer implements Server {
    static final String HOST = "127.0.0.1";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final PostgresPrograms programs;
    private final ServerAccount account;
    private final Path folder;
    private final int port;
    private final Supervisor supervisor;

    private LocalServer(
            PostgresPrograms programs, ServerAccount account, Path folder, int port, Supervisor supervisor) {
        this.programs = programs;
        this.account = account;
        this.folder = folder;
        this.port = port;
        this.supervisor = supervisor;
    }

    /** @param addresses of this machine to listen on */
    static LocalServer in(
            Path folder,
            boolean keepFolder,
            List<String> addresses,
            int port,
            PostgresPrograms programs,
            ServerAccount account)
            throws IOException {
        var owner = account.fileOwner();
        if (owner.isPresent()) {
            Folders.give(folder, owner.get());
        }
        var command = List.of(
                programs.program("postgres"),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-clisten_addresses=" + String.join(",", addresses),
                "-cunix_socket_directories=",
                // A killed process loses nothing without fsync, only a killed machine does, and then nobody asks.
                "-cfsync=off",
                "-cfull_page_writes=off",
                "-cmax_connections=200",
                "-cshared_buffers=32MB",
                // What the prepared data hold in old segments would be copied at every start.
                "-cmin_wal_size=2MB",
                "-cmax_wal_size=64MB",
                "-ctimezone=UTC",
                "-clog_timezone=UTC");
        return new LocalServer(programs, account, folder, port, Supervisor.over(folder, keepFolder, command, account));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Makes an empty cluster in which every login needs its password. */
    void initialise(String password) throws IOException {
        var passwordFile = folder.resolve("password");
        Files.writeString(passwordFile, password);
        if (account.fileOwner().isPresent()) {
            Folders.give(passwordFile, account.fileOwner().get());
        }
        var builder = new ProcessBuilder(account.wrap(List.of(
                        programs.program("initdb"),
                        "-D",
                        folder.resolve("data").toString(),
                        "--username=postgres",
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--wal-segsize=1",
                        "--no-sync")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("initdb.log").toFile());
        Supervisor.cleanEnvironment(builder);
        finish(builder.start());
        Files.delete(passwordFile);
        // Pods have addresses of their own, beside that of the server.
        Files.writeString(
                folder.resolve("data").resolve("pg_hba.conf"),
                "host all all samenet scram-sha-256\n",
                StandardOpenOption.APPEND);
    }

    /** Copies prepared data here, unless there are data already. */
    void provide(Path prepared) throws IOException {
        var data = folder.resolve("data");
        if (!Files.isDirectory(data)) {
            Folders.copy(prepared, data);
            if (account.fileOwner().isPresent()) {
                Folders.give(data, account.fileOwner().get());
            }
        }
    }

    @Override
    public String host() {
        return HOST;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String password() {
        return DatabaseReplica.SUPERUSER_PASSWORD;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder);
    }

    private void finish(Process initdb) throws IOException {
        try {
            if (!initdb.waitFor(60, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
                initdb.destroyForcibly();
                throw new IOException("initdb failed: " + tail(folder.resolve("initdb.log")));
            }
        } catch (InterruptedException e) {
            initdb.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while initdb ran", e);
        }
    }

    @Override
    public void start() throws IOException {
        supervisor.start();
        try {
            Awaitility.await()
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(15))
                    .until(() -> isReady() || !supervisor.isRunning());
        } catch (ConditionTimeoutException e) {
            throw new IOException("PostgreSQL was not ready within " + START_LIMIT.toSeconds() + " seconds: "
                    + tail(folder.resolve("postgres.log")));
        }
        if (!supervisor.isRunning()) {
            throw new IOException(
                    "PostgreSQL ended while starting on port " + port + ": " + tail(folder.resolve("postgres.log")));
        }
    }

    @Override
    public void stop() throws IOException {
        supervisor.stop();
    }

    @Override
    public boolean isRunning() {
        return supervisor.isRunning();
    }

    @Override
    public void close() throws IOException {
        supervisor.close();
    }

    /** The eighth line of postmaster.pid says when a server is ready; it needs no connection to read. */
    private boolean isReady() {
        try {
            var lines = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"));
            // A machine that went down leaves the file of a server long gone.
            var pid = Files.readString(folder.resolve("server.pid")).strip();
            return lines.size() >= 8
                    && lines.get(0).strip().equals(pid)
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false;
        }
    }

    private static String tail(Path log) {
        try {
            var lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "it left no log";
        }
    }
}
