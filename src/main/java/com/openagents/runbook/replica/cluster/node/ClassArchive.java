package com.openagents.runbook.replica.cluster.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The archive of classes that one program loads, by the virtual machine that runs now. */
final class ClassArchive {
    private static final int DUMP_SECONDS = 30;

    private final Path cache;
    private final String classPath;

    ClassArchive(Path cache, String classPath) {
        this.cache = cache;
        this.classPath = classPath;
    }

    /** @return the archive, if there is or can be one */
    Optional<Path> make(ReplicaJvm.Training training) throws IOException {
        var key = ImageStore.digest(String.join(
                        "\n",
                        stamped(classPath),
                        System.getProperty("java.vm.version"),
                        training.mainClass(),
                        training.arguments().toString()))
                .substring(0, 16);
        var archive = cache.resolve(training.name() + "-" + key + ".jsa");
        if (Files.exists(archive)) {
            return Optional.of(archive);
        }
        var draft = cache.resolve(
                training.name() + "-" + key + "." + ProcessHandle.current().pid() + ".part");
        try {
            removeOld();
            if (!isUseful(training, draft) || !Files.exists(draft)) {
                return Optional.empty();
            }
            return Optional.of(Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** An archive fits only the very files that it was made from: their times and sizes are part of its key. */
    private static String stamped(String classPath) throws IOException {
        var stamps = new StringBuilder();
        for (var entry : classPath.split(File.pathSeparator)) {
            var file = Path.of(entry);
            stamps.append(file)
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis())
                    .append(' ')
                    .append(Files.size(file))
                    .append('\n');
        }
        return stamps.toString();
    }

    /** What earlier builds left; a run of theirs that still goes on would be a day old. */
    private void removeOld() throws IOException {
        var yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        try (var files = Files.list(cache)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(yesterday) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A run that fails has loaded only some of what later runs need, and its archive would be kept for good. */
    private boolean isUseful(ReplicaJvm.Training training, Path draft) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(
                ReplicaJvm.java(),
                "-XX:ArchiveClassesAtExit=" + draft,
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "-cp",
                classPath,
                training.mainClass()));
        words.addAll(training.arguments());
        var builder = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(training.environment());
        var process = builder.start();
        try {
            if (process.waitFor(training.seconds(), TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroy();
            return process.waitFor(DUMP_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }
}
