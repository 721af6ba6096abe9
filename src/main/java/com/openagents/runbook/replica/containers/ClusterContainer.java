package com.openagents.runbook.replica.containers;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.Network;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.MountableFile;

/** A Kubernetes of one node in a container. */
final class ClusterContainer implements AutoCloseable {
    /** How other containers name it. */
    static final String ALIAS = "kubernetes";

    static final int PORT = 6443;

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final K3sContainer container;

    private ClusterContainer(K3sContainer container) {
        this.container = container;
    }

    static ClusterContainer start(ContainerImages images, Network network) {
        var container = new K3sContainer(ContainerImages.named(images.kubernetes(), "rancher/k3s"))
                .withImagePullPolicy(images.policy())
                .withNetwork(network)
                .withNetworkAliases(ALIAS)
                .withStartupTimeout(START_LIMIT);
        container.start();
        return new ClusterContainer(container);
    }

    String kubeconfig() {
        return container.getKubeConfigYaml();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig()))
                .build();
    }

    /**
     * Makes an image known to the node, under a second tag as well.
     *
     * @param folder for the image on its way
     */
    void load(String image, String tag, Path folder) {
        var file = folder.resolve("image.tar");
        try {
            RuntimeContainerImage.save(image, file);
            container.copyFileToContainer(MountableFile.forHostPath(file), "/tmp/image.tar");
            Files.delete(file);
            run("ctr", "-n", "k8s.io", "images", "import", "/tmp/image.tar");
            run("ctr", "-n", "k8s.io", "images", "tag", "--force", known(image), known(tag));
            run("rm", "/tmp/image.tar");
        } catch (IOException e) {
            throw new UncheckedIOException("the image of the runtime could not be brought to the cluster", e);
        }
    }

    /** The name under which a node finds an image: with its registry, which Docker leaves out where it is its own. */
    static String known(String image) {
        var first = image.contains("/") ? image.substring(0, image.indexOf('/')) : "";
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return image;
        }
        return "docker.io/" + (first.isEmpty() ? "library/" : "") + image;
    }

    private void run(String... words) throws IOException {
        try {
            Container.ExecResult result = container.execInContainer(words);
            if (result.getExitCode() != 0) {
                throw new IOException(String.join(" ", words) + " in the node: " + result.getStderr());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        container.stop();
    }
}
