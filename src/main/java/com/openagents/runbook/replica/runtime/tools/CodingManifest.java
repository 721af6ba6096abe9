package com.openagents.runbook.replica.runtime.tools;

import java.util.List;
import java.util.Map;

/** What an integration offers and under which rules: the manifest of the coding pack. */
public record CodingManifest(String integrationId, String provider, List<?> capabilities, String writeMode) {

    /** Reads a manifest and adds to the problems what is wrong with it. */
    public static CodingManifest read(Map<String, Object> manifest, Problems problems) {
        problems.requireEqual(manifest, "manifest_version", "coding.integration.v1");
        problems.requireText(manifest, "integration_id");
        problems.requireText(manifest, "provider");
        problems.requireText(manifest, "status");
        problems.requireEqual(manifest, "tool_pack", "coding.v1");
        var capabilities = manifest.get("capabilities") instanceof List<?> list ? list : List.of();
        if (capabilities.isEmpty()) {
            problems.add("capabilities", "capabilities must be a non-empty list");
        }
        if (!(manifest.get("secrets_ref") instanceof Map<?, ?> secret) || secret.get("key_id") == null) {
            problems.add("secrets_ref", "secrets_ref must name a provider and a key_id");
        }
        var policy = manifest.get("policy") instanceof Map<?, ?> map ? map : Map.of();
        if (policy.isEmpty()) {
            problems.add("policy", "policy must be an object");
        }
        return new CodingManifest(
                String.valueOf(manifest.get("integration_id")),
                String.valueOf(manifest.get("provider")),
                capabilities,
                String.valueOf(policy.get("write_operations_mode")));
    }

    boolean enforcesWriteApproval() {
        return writeMode.equals("enforce");
    }
}
