package com.openagents.runbook.replica.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Texts that lie beside these classes. */
final class Resources {
    private Resources() {}

    static String text(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("resource " + name + " is missing"));
    }

    static Optional<String> find(String name) {
        try (var stream = Resources.class.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
