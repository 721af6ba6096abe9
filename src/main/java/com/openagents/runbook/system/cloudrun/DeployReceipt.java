package com.openagents.runbook.system.cloudrun;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the chained deploy says it did (contract 2.1). The script writes it only after every step passed, and signs
 * nothing: who can write the file can write anything into it.
 *
 * @param fields from name to value as text; empty where there is no receipt
 */
public record DeployReceipt(Path file, Map<String, String> fields, Instant at) {
    /** The fields that every receipt has. */
    public static final List<String> FIELDS = List.of(
            "timestamp",
            "project",
            "region",
            "runtime_service",
            "migrate_job",
            "image",
            "deployed_image",
            "verify_db_role_isolation",
            "verify_image_alignment");

    public DeployReceipt {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(text -> !text.isBlank());
    }

    /** The command that shows it by hand. */
    public String command() {
        return "cat " + file;
    }
}
