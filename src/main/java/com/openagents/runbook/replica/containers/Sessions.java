package com.openagents.runbook.replica.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which processes of this machine have containers: a file for each, named by its session, which the engine shows as a
 * label of all that belongs to it. A file whose process is gone tells of what was left behind.
 */
final class Sessions {
    /** The kernel tells when a process began through a clock that is set now and then. */
    private static final Duration SAME_BEGIN = Duration.ofSeconds(10);

    private final Path folder;

    Sessions(Path folder) {
        this.folder = folder;
    }

    /** Tells that this process has containers from now on. */
    void begin(String session) {
        var own = ProcessHandle.current();
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(session), own.pid() + " " + began(own));
        } catch (IOException e) {
            throw new UncheckedIOException("what has containers cannot be written down in " + folder, e);
        }
    }

    void end(String session) {
        try {
            Files.deleteIfExists(folder.resolve(session));
        } catch (IOException e) {
            throw new UncheckedIOException("the note of a session cannot be removed from " + folder, e);
        }
    }

    /** Those whose process is gone. */
    List<String> left() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(session -> process(session).isEmpty())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the sessions with containers cannot be read from " + folder, e);
        }
    }

    /** The process of a session, if it still runs. */
    Optional<ProcessHandle> process(String session) {
        try {
            var words = Files.readString(folder.resolve(session)).split(" ");
            var began = Instant.ofEpochMilli(Long.parseLong(words[1]));
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(found -> Duration.between(began, Instant.ofEpochMilli(began(found)))
                                    .abs()
                                    .compareTo(SAME_BEGIN)
                            < 0);
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static long began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
