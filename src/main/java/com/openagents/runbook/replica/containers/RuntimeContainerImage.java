package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.cluster.node.PackedClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/** An image of the runtime, by default built of the replica's. */
final class RuntimeContainerImage {
    /** The release's program (contract 0.1). */
    private static final String PROGRAM = "/app/bin/openagents_runtime";

    private static final String REPOSITORY = "openagents/runtime-replica";

    private static final String LIBRARIES = "/app/lib/";

    private RuntimeContainerImage() {}

    /**
     * Builds it, unless the engine has it already, and removes those of builds before, but what is in use.
     *
     * @param cache a folder for jars
     * @param pull whether the image that it is built on is fetched anew
     */
    static String build(String java, Path cache, boolean pull) {
        try {
            Files.createDirectories(cache);
            var classPath = new PackedClassPath(cache);
            var name = REPOSITORY + ":" + classPath.identity();
            if (ContainerEngine.id(name).isPresent()) {
                return name;
            }
            var image = new ImageFromDockerfile(name, false)
                    .withBuildImageCmdModifier(build -> build.withPull(pull))
                    .withFileFromClasspath(
                            "openagents_runtime", "com/openagents/runbook/replica/containers/openagents_runtime");
            for (var jar : classPath.jars()) {
                image.withFileFromPath("lib/" + jar.getFileName(), jar);
            }
            image.withDockerfileFromBuilder(file -> file.from(java)
                    .copy("lib", LIBRARIES)
                    .copy("openagents_runtime", PROGRAM)
                    .run("chmod", "755", PROGRAM)
                    .workDir("/app")
                    .entryPoint(new String[] {PROGRAM})
                    .cmd(new String[] {"start"}));
            var built = image.get();
            ContainerEngine.removeOthers(REPOSITORY, built);
            return built;
        } catch (IOException e) {
            throw new UncheckedIOException("the image of the runtime could not be built", e);
        }
    }

    /** Tells the programs of this build from others. */
    static String identity(Path cache) {
        try {
            Files.createDirectories(cache);
            return new PackedClassPath(cache).identity();
        } catch (IOException e) {
            throw new UncheckedIOException("this build cannot be read", e);
        }
    }

    /** Has the engine fetch an image that was built elsewhere, if it must. */
    static String fetch(String name, ImagePullPolicy pull) {
        return new RemoteDockerImage(DockerImageName.parse(name))
                .withImagePullPolicy(pull)
                .get();
    }

    /** Writes an image to a file that every container runtime reads. */
    static void save(String name, Path file) throws IOException {
        try (var image =
                DockerClientFactory.instance().client().saveImageCmd(name).exec()) {
            Files.copy(image, file);
        }
    }

    /** The words that start another program of this build in a container of the image. */
    static String[] entryPoint(Class<?> main) {
        return new String[] {"java", "-Xmx192m", "-cp", LIBRARIES + "*", main.getName()};
    }
}
