package com.openagents.runbook.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The runbook suite itself. */
public final class Suite {
    private Suite() {}

    /** The version of the suite as its build file states it. */
    public static String version() {
        var properties = new Properties();
        try (var in = Suite.class.getResourceAsStream("/com/openagents/runbook/version.properties")) {
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
