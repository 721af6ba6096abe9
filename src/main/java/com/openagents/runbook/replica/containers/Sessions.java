package com.openagents.runbook.replica.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /**
     * Tells that this process has containers from now on.
     *
     * @param engine the address of the engine that has them
     */
    void begin(String session, String engine) {
        var own = ProcessHandle.current();
        try {
            Files.createDirectories(folder);
            var whole = Files.createTempFile(folder, "begun", "");
            Files.writeString(whole, own.pid() + " " + began(own) + " " + engine);
            Files.move(whole, folder.resolve(session), StandardCopyOption.ATOMIC_MOVE);
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

    /** Those with containers in an engine whose process is gone. */
    List<String> left(String engine) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(session -> read(session)
                            .filter(noted -> noted.engine().equals(engine))
                            .filter(noted -> noted.process().isEmpty())
                            .isPresent())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the sessions with containers cannot be read from " + folder, e);
        }
    }

    /** The process of a session, if it still runs. */
    Optional<ProcessHandle> process(String session) {
        return read(session).flatMap(Noted::process);
    }

    /** @param began when the process began, in milliseconds since 1970 */
    private record Noted(long pid, long began, String engine) {
        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid)
                    .filter(found -> Math.abs(began - Sessions.began(found)) < SAME_BEGIN.toMillis());
        }
    }

    /** Empty for a file that tells nothing: it may be another's that is about to be written. */
    private Optional<Noted> read(String session) {
        try {
            var words = Files.readString(folder.resolve(session)).split(" ", 3);
            return Optional.of(new Noted(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]));
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
            return Optional.empty();
        }
    }

    private static long began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
