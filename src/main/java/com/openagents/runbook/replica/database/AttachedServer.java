package com.openagents.runbook.replica.database;

import com.github.dockerjava.api.DockerClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;

/** A PostgreSQL server in a container that is there already. It is stopped and started again, and never removed. */
public final class AttachedServer implements Server {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Access access;

    AttachedServer(Access access) {
        this.access = access;
    }

    /**
     * How it is reached.
     *
     * @param container its id
     * @param inside host and port where containers reach it
     * @param passwords by user
     */
    public record Access(String container, String host, int port, String inside, Map<String, String> passwords) {
        public Access {
            passwords = Map.copyOf(passwords);
        }

        /** It shows no password. */
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    @Override
    public String host() {
        return access.host();
    }

    @Override
    public int port() {
        return access.port();
    }

    @Override
    public String inside() {
        return access.inside();
    }

    @Override
    public String password() {
        return access.passwords().get(DatabaseReplica.POSTGRES);
    }

    @Override
    public Optional<Path> folder() {
        return Optional.empty();
    }

    @Override
    public Optional<String> container() {
        return Optional.of(access.container());
    }

    @Override
    public void start() {
        engine().startContainerCmd(access.container()).exec();
        Awaitility.await("PostgreSQL to accept connections again")
                .atMost(START_LIMIT)
                .until(this::accepts);
    }

    private boolean accepts() {
        try (var connection = dataSource(DatabaseReplica.POSTGRES, DatabaseReplica.POSTGRES, password())
                .getConnection()) {
            return connection.isValid(CONNECT_SECONDS);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    public void stop() {
        engine().stopContainerCmd(access.container()).exec();
    }

    @Override
    public boolean isRunning() {
        return Boolean.TRUE.equals(engine().inspectContainerCmd(access.container())
                .exec()
                .getState()
                .getRunning());
    }

    @Override
    public void close() {
        // Whoever started it removes it.
    }

    private static DockerClient engine() {
        return DockerClientFactory.instance().client();
    }
}
