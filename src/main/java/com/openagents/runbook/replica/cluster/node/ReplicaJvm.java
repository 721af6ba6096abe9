package com.openagents.runbook.replica.cluster.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts Java programs of this build in about a second: with a small heap, the quick compiler only, and an archive of the
 * classes they load. Without an archive they start all the same, only slower.
 */
public final class ReplicaJvm {
    private final Path cache;
    private final String classPath;
    private final Path archive;

    private ReplicaJvm(Path cache, String classPath, Path archive) {
        this.cache = cache;
        this.classPath = classPath;
        this.archive = archive;
    }

    /**
     * Prepares the class path of this program, and an archive of what a training run loads. Both are kept in the cache
     * folder and made again when the class path changes.
     *
     * @param folder for jars and archives, shared by all runs
     * @param training a short run that loads what later runs will load
     */
    public static ReplicaJvm prepare(Path folder, Training training) {
        var cache = folder.toAbsolutePath();
        try {
            Files.createDirectories(cache);
            var classPath = new PackedClassPath(cache).pack();
            return new ReplicaJvm(cache, classPath, null).trained(training);
        } catch (IOException | RuntimeException withoutCache) {
            return plain();
        }
    }

    /** The same class path with the archive of another program; without a cache folder, or if none can be made, this one. */
    public ReplicaJvm trained(Training training) {
        if (cache == null) {
            return this;
        }
        try {
            var made = new ClassArchive(cache, classPath).make(training);
            return made.map(path -> new ReplicaJvm(cache, classPath, path)).orElse(this);
        } catch (IOException unwritable) {
            return this;
        }
    }

    /** The class path as it is, without archive. */
    public static ReplicaJvm plain() {
        return new ReplicaJvm(null, String.join(File.pathSeparator, PackedClassPath.entries()), null);
    }

    /**
     * @param mainClass the program
     * @param options of the virtual machine, for example its heap
     */
    public List<String> commandLine(String mainClass, List<String> options, List<String> arguments) {
        var words = new ArrayList<String>();
        words.add(java());
        words.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "-Xlog:all=error:stderr"));
        archive().ifPresent(path -> words.add("-XX:SharedArchiveFile=" + path));
        words.addAll(options);
        words.addAll(List.of("-cp", classPath, mainClass));
        words.addAll(arguments);
        return words;
    }

    public Optional<Path> archive() {
        return Optional.ofNullable(archive);
    }

    /** Tells this build from others. */
    public String identity() {
        return ImageStore.digest(classPath);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * A run that loads classes worth keeping. It ends by itself, or when its standard input ends.
     *
     * @param name tells archives of different programs apart
     * @param seconds after which its standard input ends
     */
    public record Training(
            String name, String mainClass, List<String> arguments, Map<String, String> environment, int seconds) {
        public Training {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }
}
