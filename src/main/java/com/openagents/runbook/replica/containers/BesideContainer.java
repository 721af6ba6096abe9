package com.openagents.runbook.replica.containers;

import java.net.URI;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/** A program of this build that the runtime needs beside it, in a container of the runtime's image. */
final class BesideContainer implements AutoCloseable {
    static final int PORT = 4100;

    private final GenericContainer<?> container;

    private BesideContainer(GenericContainer<?> container) {
        this.container = container;
    }

    /** @param alias how other containers name it */
    static BesideContainer start(
            Class<?> main, String image, Network network, String alias, Map<String, String> variables) {
        var container = new GenericContainer<>(image)
                .withNetwork(network)
                .withNetworkAliases(alias)
                .withExposedPorts(PORT)
                .withEnv(variables)
                .withEnv("POD_IP", "0.0.0.0")
                .withEnv("PORT", String.valueOf(PORT))
                .withCreateContainerCmdModifier(create -> create.withEntrypoint(RuntimeContainerImage.entryPoint(main)))
                .withCommand()
                .waitingFor(Wait.forListeningPort());
        container.start();
        return new BesideContainer(container);
    }

    /** Where this machine reaches it. */
    URI uri() {
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }

    /** Where pods reach it, which do not know the names that containers have for each other. */
    URI inside() {
        var networks = container.getCurrentContainerInfo().getNetworkSettings().getNetworks();
        return URI.create("http://" + networks.values().iterator().next().getIpAddress() + ":" + PORT);
    }

    /** Where other containers scrape it. */
    static String target(String alias) {
        return alias + ":" + PORT;
    }

    @Override
    public void close() {
        container.stop();
    }
}
