package com.openagents.runbook.publish.notify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.openagents.runbook.report.history.FileTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Which findings each receiver was told of and not yet that they are over.
 *
 * @param channels from the word of a channel to what was told there, by the id of the scenario
 */
record Told(int version, Map<String, Map<String, Entry>> channels) {
    private static final int VERSION = 1;

    /**
     * A finding that a receiver knows of, or would if it could have been reached.
     *
     * @param runs how many runs found the same since it was told
     * @param delivered whether it arrived
     */
    record Entry(Instant since, int runs, boolean delivered) {
        @JsonIgnore
        Entry again() {
            return new Entry(since, runs + 1, delivered);
        }
    }

    static Told nothing() {
        return new Told(VERSION, Map.of());
    }

    Told {
        channels = Collections.unmodifiableMap(new TreeMap<>(channels));
    }

    Map<String, Entry> of(String channel) {
        return channels.getOrDefault(channel, Map.of());
    }

    Told with(String channel, Map<String, Entry> entries) {
        var changed = new TreeMap<>(channels);
        changed.put(channel, new TreeMap<>(entries));
        return new Told(VERSION, changed);
    }

    /**
     * Reads what was written; nothing was told where there is no file.
     *
     * @throws IOException if the file cannot be read, or is something else
     */
    static Told read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return nothing();
        }
        try {
            var told = Json.MAPPER.readValue(file.toFile(), Told.class);
            if (told.version() == VERSION) {
                return told;
            }
            throw new IOException("it is of version " + told.version() + ", expected " + VERSION);
        } catch (JsonProcessingException e) {
            throw new IOException("it is not what was written", e);
        }
    }

    /**
     * Changes what is written. Runs that end at the same time do it one after the other, each on what the one before left.
     *
     * @param known what counts where the file cannot be read
     * @throws IOException if the file cannot be written; then it is as it was
     */
    static void change(Path file, Told known, UnaryOperator<Told> change) throws IOException {
        // Not the file itself, which is another one after each change.
        var turns = file.resolveSibling("." + file.getFileName() + ".lock");
        FileTurn.write(turns, channel -> change.apply(written(file, known)).write(file));
    }

    private static Told written(Path file, Told known) {
        try {
            return read(file);
        } catch (IOException e) {
            return known;
        }
    }

    private void write(Path file) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(draft, Json.text(this) + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
