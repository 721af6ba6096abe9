package com.openagents.runbook.replica.cloudrun;

import java.nio.file.Path;
import java.util.Map;

/**
 * @param token what a caller of the Admin API must show
 * @param variables the environment of the migration job, {@code DATABASE_URL} among it
 * @param receipt the file in which the chained deploy leaves its receipt
 */
public record CloudRunOptions(String token, Map<String, String> variables, Path receipt) {
    public CloudRunOptions {
        variables = Map.copyOf(variables);
    }

    @Override
    public String toString() {
        return "Cloud Run with " + variables.keySet();
    }
}
