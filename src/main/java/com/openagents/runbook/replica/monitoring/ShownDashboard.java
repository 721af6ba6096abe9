package com.openagents.runbook.replica.monitoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A dashboard as Grafana is given it. */
public record ShownDashboard(String uid, String json) {
    /** @throws UncheckedIOException if the file cannot be read or names no uid */
    public static ShownDashboard read(Path file) {
        try {
            var json = Files.readString(file);
            var uid = new ObjectMapper().readTree(json).path("uid").asText();
            if (uid.isEmpty()) {
                throw new IOException("it has no uid");
            }
            return new ShownDashboard(uid, json);
        } catch (IOException e) {
            throw new UncheckedIOException("the dashboard " + file + " cannot be read", e);
        }
    }
}
