package com.openagents.runbook.replica.database;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.Network;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A PostgreSQL server in a container, on a port of this machine that stays the same when it is started again. */
final class ContainerServer implements Server {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final PostgreSQLContainer container;
    // Its port is open to whoever reaches this machine.
    private final String password = Logins.randomPassword();

    ContainerServer(DockerImageName image, ImagePullPolicy pull, Network network) throws IOException {
        container = new PostgreSQLContainer(image.asCompatibleSubstituteFor("postgres"))
                .withImagePullPolicy(pull)
                .withNetwork(network)
                .withDatabaseName(DatabaseReplica.POSTGRES)
                .withUsername(DatabaseReplica.POSTGRES)
                .withPassword(password)
                .withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off", "-c", "timezone=UTC")
                .withStartupTimeout(START_LIMIT);
        container.setPortBindings(List.of(LocalServer.freePort() + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
    }

    /** By its address: pods do not know the names that containers have for each other. */
    @Override
    public String inside() {
        var networks = container.getCurrentContainerInfo().getNetworkSettings().getNetworks();
        return networks.values().iterator().next().getIpAddress() + ":" + PostgreSQLContainer.POSTGRESQL_PORT;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.empty();
    }

    @Override
    public Optional<String> container() {
        return Optional.ofNullable(container.getContainerId());
    }

    @Override
    public void start() {
        if (container.getContainerId() == null) {
            container.start();
            return;
        }
        attached().start();
    }

    /** Once it is there, it is stopped and started as one that somebody else had started. */
    private AttachedServer attached() {
        return new AttachedServer(new AttachedServer.Access(
                container.getContainerId(), host(), port(), inside(), Map.of(DatabaseReplica.POSTGRES, password)));
    }

    @Override
    public void stop() {
        attached().stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public void close() {
        container.stop();
    }
}
