package com.openagents.runbook.replica.containers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.DockerImageName;

/**
 * Which images the containers are made of, and when they are fetched. Each may stand for the official one as long as it
 * keeps its contract.
 *
 * @param kubernetes in the place of {@code rancher/k3s}
 * @param database in the place of {@code postgres}, version 15 or newer
 * @param prometheus in the place of {@code prom/prometheus}
 * @param alertmanager in the place of {@code prom/alertmanager}
 * @param grafana in the place of {@code grafana/grafana}; without one no Grafana is started
 * @param java what the image of this build is made on, with Java 17 on its path
 * @param runtime another image of the runtime than that of this build, if any
 * @param pull when images are fetched
 */
public record ContainerImages(
        String kubernetes,
        String database,
        String prometheus,
        String alertmanager,
        Optional<String> grafana,
        String java,
        Optional<String> runtime,
        Pull pull) {
    /** When an image is fetched from its registry. */
    public enum Pull {
        ALWAYS,
        /** Where the engine does not have it. */
        MISSING,
        /** Where no registry can be reached: the engine must have it. */
        NEVER
    }

    /** The official ones. */
    public static final ContainerImages OFFICIAL = new ContainerImages(
            "rancher/k3s:v1.34.2-k3s1",
            "postgres:15",
            "prom/prometheus:v2.55.1",
            "prom/alertmanager:v0.28.1",
            Optional.empty(),
            "eclipse-temurin:17-jre",
            Optional.empty(),
            Pull.MISSING);

    ImagePullPolicy policy() {
        return switch (pull) {
            case ALWAYS -> PullPolicy.alwaysPull();
            case MISSING -> PullPolicy.defaultPolicy();
            case NEVER -> image -> false;
        };
    }

    /** Those that the engine does not have although it may fetch none. */
    public List<String> absent() {
        return pull == Pull.NEVER
                ? ContainerEngine.absent(Stream.concat(
                                Stream.of(kubernetes, database, prometheus, alertmanager, java),
                                Stream.concat(runtime.stream(), grafana.stream()))
                        .toList())
                : List.of();
    }

    /**
     * What a replica of these images would be, by what the images are and not only by their names.
     *
     * @param cache a folder for jars
     */
    public Map<String, String> identities(Path cache) {
        var made = new TreeMap<String, String>();
        made.put("the build of the runbook", RuntimeContainerImage.identity(cache.resolve("programs")));
        var named = new TreeMap<>(Map.of(
                "kubernetes", kubernetes,
                "database", database,
                "prometheus", prometheus,
                "alertmanager", alertmanager,
                "java", java));
        runtime.ifPresent(image -> named.put("runtime", image));
        grafana.ifPresent(image -> named.put("grafana", image));
        named.forEach((what, image) -> made.put(
                "the image of " + what,
                image + ContainerEngine.id(image).map(id -> " (" + id + ")").orElse(" (not there)")));
        return made;
    }

    static DockerImageName named(String image, String official) {
        return DockerImageName.parse(image).asCompatibleSubstituteFor(official);
    }
}
