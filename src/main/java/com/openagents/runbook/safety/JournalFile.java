package com.openagents.runbook.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** The journal on this machine: a line for each entry and for each that was taken back, on the disk before it returns. */
final class JournalFile {
    private static final String UNDONE = "undone ";

    private final Path path;

    JournalFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    void write(JournalEntry entry) {
        append(entry.json());
    }

    void undone(int number) {
        append(UNDONE + number);
    }

    private void append(String line) {
        try {
            Files.createDirectories(path.getParent());
            try (var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the undo journal cannot be written, so nothing is changed: " + path, e);
        }
    }

    /** What was not taken back yet, by number. A last line that a killed process left unfinished was followed by no change. */
    Map<Integer, JournalEntry> open() {
        var open = new TreeMap<Integer, JournalEntry>();
        if (!Files.exists(path)) {
            return open;
        }
        try {
            var text = Files.readString(path);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
                if (line.startsWith(UNDONE)) {
                    open.remove(Integer.valueOf(line.substring(UNDONE.length())));
                } else {
                    var entry = JournalEntry.parse(line);
                    open.put(entry.number(), entry);
                }
            });
            return open;
        } catch (IOException e) {
            throw new UncheckedIOException("the undo journal cannot be read: " + path, e);
        }
    }
}
