package com.openagents.runbook.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.openagents.runbook.evidence.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was worked out from files, for as long as their contents stay the same. The launcher names the folder and empties it
 * when it compiles, for the program is an input too; without a folder everything is worked out each time.
 */
public final class FileCache {
    private static final String FOLDER = "runbook.cache";
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final Optional<Path> folder;

    FileCache(Optional<Path> folder) {
        this.folder = folder;
    }

    public static FileCache ofLauncher() {
        return new FileCache(Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of));
    }

    /**
     * The result of the work, which is done only where it is not known yet. What it throws is thrown, and not kept.
     *
     * @param what it is, and whatever else than files it depends on
     * @param inputs files, and folders with all that is in them; that one is missing counts as well
     * @param type a record of the result
     */
    public <T> T get(String what, List<Path> inputs, Class<T> type, Supplier<T> work) {
        if (folder.isEmpty()) {
            return work.get();
        }
        var kept = folder.get().resolve(key(what, inputs) + ".json");
        return read(kept, type).orElseGet(() -> {
            var result = work.get();
            keep(kept, result);
            return result;
        });
    }

    /** One that cannot be read is worked out again. */
    private static <T> Optional<T> read(Path kept, Class<T> type) {
        try {
            return Files.exists(kept) ? Optional.of(JSON.readValue(kept.toFile(), type)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Another run may read meanwhile, so it comes whole; a folder that cannot be written costs time only. */
    private void keep(Path kept, Object result) {
        try {
            Files.createDirectories(kept.getParent());
            var whole = Files.createTempFile(kept.getParent(), "new", ".tmp");
            JSON.writeValue(whole.toFile(), result);
            Files.move(whole, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return;
        }
    }

    private static String key(String what, List<Path> inputs) {
        var digest = Sha256.digest();
        add(digest, what.getBytes(StandardCharsets.UTF_8));
        inputs.forEach(input -> add(digest, input));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, Path input) {
        if (!Files.exists(input)) {
            add(digest, new byte[0]);
            return;
        }
        try (var files = Files.walk(input)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                add(digest, file.toString().getBytes(StandardCharsets.UTF_8));
                add(digest, Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("it cannot be read: " + input, e);
        }
    }

    /** With its length, so that no part runs into the next. */
    private static void add(MessageDigest digest, byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(part);
    }
}
