package com.openagents.runbook.replica.containers;

import java.util.Optional;
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
 * @param java what the image of this build is made on, with Java 17 on its path
 * @param runtime another image of the runtime than that of this build, if any
 * @param pull when images are fetched
 */
public record ContainerImages(
        String kubernetes,
        String database,
        String prometheus,
        String alertmanager,
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

    static DockerImageName named(String image, String official) {
        return DockerImageName.parse(image).asCompatibleSubstituteFor(official);
    }
}
