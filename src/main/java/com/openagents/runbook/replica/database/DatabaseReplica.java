package com.openagents.runbook.replica.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.testcontainers.containers.Network;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL 15 server on 127.0.0.1 with both runtime databases, migrated, with the roles of the contract 15.5.
 * Every login needs its password. The server and its data are gone when the replica is closed or its process ends,
 * however it ends.
 */
public final class DatabaseReplica implements AutoCloseable {
    public static final String DEV = "openagents_runtime_dev";
    public static final String TEST = "openagents_runtime_test";

    /** The superuser; its password is the documented one of a development machine (contract 15.1). */
    public static final String POSTGRES = "postgres";

    /** Login users, each a member of one of the four roles. */
    public static final String RUNTIME_OWNER = "runtime_owner";

    public static final String RUNTIME_APP = "runtime_app";
    public static final String KHALA_READER = "khala_reader";
    public static final String CONTROL_APP = "control_app";

    private static final int ATTEMPTS = 3;

    static final String SUPERUSER_PASSWORD = "postgres";
    static final List<String> DATABASES = List.of(DEV, TEST);
    static final Map<String, String> LOGIN_USERS = Collections.unmodifiableMap(new TreeMap<>(Map.of(
            RUNTIME_OWNER, "oa_runtime_owner",
            // DATABASE_URL is one login for the pods and for the migration Job (contract 1.7), so it may do both.
            RUNTIME_APP, "oa_runtime_rw, oa_runtime_owner",
            KHALA_READER, "oa_khala_ro",
            CONTROL_APP, "oa_control_rw")));

    private final Server server;
    private final Logins logins;

    private DatabaseReplica(Server server) {
        this(server, new Logins(server));
    }

    private DatabaseReplica(Server server, Logins logins) {
        this.server = server;
        this.logins = logins;
    }

    /** Starts a server and returns when it accepts connections. */
    public static DatabaseReplica start(DatabaseOptions options) {
        return start(options, ServerAccount.detect());
    }

    static DatabaseReplica start(DatabaseOptions options, ServerAccount account) {
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return launch(options, account);
                } catch (IOException e) {
                    // Between finding a free port and listening on it, another process may have taken it.
                    if (options.port() != 0 || attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the database replica could not be prepared: " + e.getMessage(), e);
        }
    }

    private static DatabaseReplica launch(DatabaseOptions options, ServerAccount account)
            throws IOException, SQLException {
        var cache = options.cacheFolder().orElseGet(account::cacheFolder);
        var programs = PostgresPrograms.in(cache);
        var prepared = PreparedData.in(cache, programs, account);
        int port = options.port() == 0 ? LocalServer.freePort() : options.port();
        var folder = folder(options.dataFolder());
        var addresses = Stream.concat(Stream.of(LocalServer.HOST), options.otherAddress().stream())
                .toList();
        var server = LocalServer.in(folder, options.dataFolder().isPresent(), addresses, port, programs, account);
        var replica = new DatabaseReplica(server);
        try {
            server.provide(prepared);
            server.start();
            replica.logins.secure();
            return replica;
        } catch (IOException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * The same in a container.
     *
     * @param image of PostgreSQL 15 or newer, with the contract of the official image
     * @param network where others reach it, see {@link #ectoUrlInside}
     */
    public static DatabaseReplica startInContainer(DockerImageName image, ImagePullPolicy pull, Network network) {
        try {
            var replica = new DatabaseReplica(new ContainerServer(image, pull, network));
            replica.fill();
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that another process started in a container; closing it leaves it as it is. */
    public static DatabaseReplica attachedTo(AttachedServer.Access access) {
        var server = new AttachedServer(access);
        return new DatabaseReplica(server, new Logins(server, access.passwords()));
    }

    /** How another process uses it too; only where it is in a container. */
    public AttachedServer.Access access() {
        return new AttachedServer.Access(
                server.container().orElseThrow(), host(), port(), server.inside(), logins.passwords());
    }

    private void fill() {
        try {
            run(server::start);
            PreparedData.fill(server);
            logins.secure();
        } catch (SQLException e) {
            close();
            throw new IllegalStateException("the database in a container could not be prepared: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Path folder(Optional<Path> wanted) throws IOException {
        return wanted.isPresent()
                ? Folders.createPrivate(wanted.get())
                : Files.createTempDirectory(
                        Folders.quick(),
                        "openagents-database-" + ProcessHandle.current().pid() + "-");
    }

    public String host() {
        return server.host();
    }

    public int port() {
        return server.port();
    }

    /** The URL without user and password. */
    public String jdbcUrl(String database) {
        return server.jdbcUrl(database);
    }

    /** The URL with the user and without the password, see {@link #password}. */
    public String jdbcUrl(String database, String user) {
        return jdbcUrl(database) + "?user=" + user;
    }

    public DataSource dataSource(String database, String user) {
        return logins.dataSource(database, user);
    }

    /** The form that the runtime reads from {@code DATABASE_URL} (contract 0.3). It holds the password. */
    public String ectoUrl(String database) {
        return ectoUrl(database, RUNTIME_APP);
    }

    /** The same for whoever is not on this machine but in its containers. */
    public String ectoUrlInside(String database) {
        return ectoUrl(database).replace(host() + ":" + port(), server.inside());
    }

    public String ectoUrl(String database, String user) {
        return "ecto://%s:%s@%s:%d/%s".formatted(user, password(user), host(), port(), database);
    }

    /** The present password of a user of this replica. */
    public String password(String user) {
        return logins.password(user);
    }

    /** Gives a user a new password; the old one stops working for new connections. Answers the new one. */
    public String changePassword(String user) throws SQLException {
        return logins.change(user);
    }

    /** Stops the server and keeps the data. */
    public void stop() {
        run(server::stop);
    }

    /** Starts the stopped server again, on the same port and with the same data. */
    public void startAgain() {
        if (!isRunning()) {
            run(server::start);
        }
    }

    public boolean isRunning() {
        return server.isRunning();
    }

    /** Where the data and the server's log lie, if on this machine. */
    Optional<Path> folder() {
        return server.folder();
    }

    /** Stops the server and removes its data, unless they lie in a folder that the options named. */
    @Override
    public void close() {
        run(server::close);
    }

    private static void run(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }
}
