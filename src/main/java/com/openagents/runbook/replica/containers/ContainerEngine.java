package com.openagents.runbook.replica.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that containers run in, found as Docker's own client finds it. */
public final class ContainerEngine {
    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final Set<Integer> GONE_OR_IN_USE = Set.of(404, 409);
    // The engine forbids to remove a network that still has containers.
    private static final Set<Integer> GONE_OR_WITH_CONTAINERS = Set.of(403, 404, 409);

    private ContainerEngine() {}

    /**
     * Whether one answers; where {@code DOCKER_HOST} names one, that one. What it then refuses is told by whoever asks for
     * it.
     */
    public static boolean answers() {
        try {
            return DockerClientFactory.instance().isDockerAvailable() && isTheNamed();
        } catch (RuntimeException answered) {
            return isTheNamed();
        }
    }

    /** Testcontainers takes the engine of this machine where the named one does not answer, and nobody meant that. */
    private static boolean isTheNamed() {
        return named().map(address()::equals).orElse(true);
    }

    /** Where it is, as its client names it. */
    static String address() {
        return DockerClientFactory.instance()
                .getTransportConfig()
                .getDockerHost()
                .toString();
    }

    private static Optional<String> named() {
        return Optional.ofNullable(System.getenv("DOCKER_HOST"));
    }

    /** Why none answers and what to do, as the end of a sentence. */
    public static String silence() {
        return silence(named(), Files::exists, Files::isWritable);
    }

    static String silence(Optional<String> host, Predicate<Path> exists, Predicate<Path> writable) {
        if (host.isPresent()) {
            return "none answers at DOCKER_HOST=" + host.get()
                    + ": start it, set another, or take docker.client.strategy out of"
                    + " ~/.testcontainers.properties, which goes before it";
        }
        if (exists.test(SOCKET) && !writable.test(SOCKET)) {
            return "you may not use that at " + SOCKET + ": join the group docker and log in again, or set DOCKER_HOST";
        }
        return "none answers: start one or set DOCKER_HOST";
    }

    /** Those of these images that the engine does not have. */
    static List<String> absent(List<String> images) {
        return images.stream().distinct().filter(image -> id(image).isEmpty()).toList();
    }

    /** What an image is now, under whatever name. */
    static Optional<String> id(String image) {
        try {
            return Optional.of(engine().inspectImageCmd(image).exec().getId());
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    /** The ids of the containers of a session that run. */
    static List<String> running(String session) {
        return engine().listContainersCmd().withLabelFilter(labels(session)).exec().stream()
                .map(Container::getId)
                .sorted()
                .toList();
    }

    /** Removes the containers and networks of a session, and says how many containers they were. */
    static int remove(String session) {
        var left = engine().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels(session))
                .exec();
        left.forEach(container -> unless(
                GONE_OR_IN_USE,
                () -> engine().removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec()));
        engine().listNetworksCmd()
                .withFilter("label", List.of(label(session)))
                .exec()
                .forEach(network -> unless(
                        GONE_OR_WITH_CONTAINERS,
                        () -> engine().removeNetworkCmd(network.getId()).exec()));
        return left.size();
    }

    /** Removes all images of a repository but one, and those that are in use; says how many went. */
    static int removeOthers(String repository, String kept) {
        return (int) engine().listImagesCmd().withFilter("reference", List.of(repository)).exec().stream()
                .map(Image::getRepoTags)
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .filter(name -> !name.equals(kept))
                .filter(name -> unless(
                        GONE_OR_IN_USE, () -> engine().removeImageCmd(name).exec()))
                .count();
    }

    private static boolean unless(Set<Integer> refused, Runnable removal) {
        try {
            removal.run();
            return true;
        } catch (DockerException e) {
            if (refused.contains(e.getHttpStatus())) {
                return false;
            }
            throw e;
        }
    }

    private static Map<String, String> labels(String session) {
        return Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, session);
    }

    private static String label(String session) {
        return DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL + "=" + session;
    }

    private static DockerClient engine() {
        return DockerClientFactory.instance().client();
    }
}
