package com.openagents.runbook.replica.containers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process that keeps a replica in containers writes down for others, in a file that only its user reads.
 *
 * @param session of the process that keeps it
 * @param madeOf what it was made of, by what it is: another value under the same key is another replica
 * @param containers ids of all that belong to it
 * @param kubeconfigFile with the kubeconfig, which commands that a run shows may still name when the run is over
 */
public record KeptReplica(
        String session,
        Map<String, String> madeOf,
        List<String> containers,
        Path kubeconfigFile,
        ReplicaAccess access) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public KeptReplica {
        madeOf = Map.copyOf(madeOf);
        containers = List.copyOf(containers);
    }

    /**
     * The one that a file tells of, if there is such a file.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    static Optional<KeptReplica> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(file.toFile(), KeptReplica.class))
                    : Optional.empty();
        } catch (IOException e) {
            // What the parser says may hold a part of the file, and that holds secrets.
            throw new UncheckedIOException(
                    "the note of the kept replica cannot be read: " + file
                            + "; end the 'up' that wrote it, then delete it",
                    new IOException("it is not as this version writes it"));
        }
    }

    void write(Path file) {
        try {
            var folder = Files.createDirectories(file.toAbsolutePath().getParent());
            var whole = Files.createTempFile(
                    folder,
                    "kept",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(whole, JSON.writeValueAsBytes(this));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the note of the kept replica cannot be written: " + file, e);
        }
    }

    /** The first thing that is another one now, in words; empty if it is still the same. */
    Optional<String> differsFrom(Map<String, String> now) {
        return Stream.concat(now.keySet().stream(), madeOf.keySet().stream())
                .sorted()
                .filter(what -> !Objects.equals(now.get(what), madeOf.get(what)))
                .findFirst()
                .map(what -> what + " was " + madeOf.getOrDefault(what, "not there") + " and is "
                        + now.getOrDefault(what, "not there"));
    }

    /** It shows no secret. */
    @Override
    public String toString() {
        return "the replica of session " + session;
    }
}
