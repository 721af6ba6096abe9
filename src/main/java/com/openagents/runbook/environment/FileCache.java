package com.openagents.runbook.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.openagents.runbook.evidence.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            return Files.exists(kept) ? Optional.ofNullable(JSON.readValue(kept.toFile(), type)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Another run may read meanwhile, so it comes whole; a folder that cannot be written costs time only. */
    private static void keep(Path kept, Object result) {
        try {
            var folder = Files.createDirectories(kept.getParent());
            var draft = Files.createTempFile(folder, "draft", ".tmp");
            try {
                JSON.writeValue(draft.toFile(), result);
                Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException notKept) {
            return;
        }
    }

    private static String key(String what, List<Path> inputs) {
        var all = new StringBuilder(what);
        inputs.forEach(input -> all.append('\n')
                .append(input)
                .append(' ')
                .append(Files.exists(input) ? Sha256.ofFiles(input) : "missing"));
        return Sha256.of(all.toString());
    }
}
