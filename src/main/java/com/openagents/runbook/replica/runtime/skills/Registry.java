package com.openagents.runbook.replica.runtime.skills;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Specs from the database, and behind them the built-in ones. */
public final class Registry {
    private static final Set<String> USABLE = Set.of("validated", "published");

    private final SpecTable tools;
    private final SpecTable skills;
    private final Builtins builtins = Builtins.load();

    public Registry(Database database) {
        tools = SpecTable.tools(database);
        skills = SpecTable.skills(database);
    }

    List<Map<String, Object>> listTools() throws SQLException {
        return merged(tools.all(), builtins.tools(), "tool_id");
    }

    List<Map<String, Object>> listSkills() throws SQLException {
        return merged(skills.all(), builtins.skills(), "skill_id");
    }

    SpecTable tools() {
        return tools;
    }

    SpecTable skills() {
        return skills;
    }

    Optional<Map<String, Object>> tool(String toolId, Long version) throws SQLException {
        return newest(listTools(), usable(version).and(spec -> toolId.equals(spec.get("tool_id"))));
    }

    Optional<Map<String, Object>> skill(String skillId, long version) throws SQLException {
        return newest(
                listSkills(),
                spec -> skillId.equals(spec.get("skill_id"))
                        && spec.get("version").equals(version));
    }

    /**
     * The integration manifest that a reference means.
     *
     * @throws HttpError 422 if there is none
     */
    public Map<String, Object> manifest(String toolPack, Map<String, Object> reference) throws SQLException {
        var version = reference.get("version") instanceof Long number ? number : null;
        if (reference.get("tool_id") instanceof String toolId && !toolId.isBlank()) {
            var shown = version == null ? "latest" : version.toString();
            var spec = tool(toolId.trim(), version)
                    .orElseThrow(
                            () -> unresolved("tool_not_found", "tool spec not found: " + toolId.trim() + "@" + shown));
            return manifestOf(toolPack, spec, reference);
        }
        var integration = reference.get("integration_id");
        var spec = newest(
                        listTools(),
                        usable(version)
                                .and(candidate -> toolPack.equals(candidate.get("tool_pack")))
                                .and(candidate -> candidate.get("integration_manifest") instanceof Map<?, ?> manifest
                                        && integration != null
                                        && integration.equals(manifest.get("integration_id"))))
                .orElseThrow(() -> notFound(toolPack, reference));
        return manifestOf(toolPack, spec, reference);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> manifestOf(
            String toolPack, Map<String, Object> spec, Map<String, Object> reference) {
        var manifest = (Map<String, Object>) spec.get("integration_manifest");
        if (!toolPack.equals(spec.get("tool_pack")) || !toolPack.equals(manifest.get("tool_pack"))) {
            throw notFound(toolPack, reference);
        }
        return manifest;
    }

    private static HttpError notFound(String toolPack, Map<String, Object> reference) {
        return unresolved(
                "not_found", "unable to resolve manifest for " + toolPack + " with reference " + Json.write(reference));
    }

    private static HttpError unresolved(String code, String message) {
        var detail =
                Json.object("reason_code", "manifest_resolution." + code, "path", "manifest_ref", "message", message);
        return new HttpError(422, "invalid_request", "tool invocation validation failed", List.of(detail));
    }

    private static Predicate<Map<String, Object>> usable(Long version) {
        return spec -> USABLE.contains(spec.get("state"))
                && (version == null || spec.get("version").equals(version));
    }

    private static Optional<Map<String, Object>> newest(
            List<Map<String, Object>> specs, Predicate<Map<String, Object>> wanted) {
        return specs.stream().filter(wanted).max((one, other) -> Long.compare(version(one), version(other)));
    }

    private static long version(Map<String, Object> spec) {
        return (Long) spec.get("version");
    }

    private static List<Map<String, Object>> merged(
            List<Map<String, Object>> stored, List<Map<String, Object>> builtin, String id) {
        var all = new ArrayList<>(stored);
        for (var spec : builtin) {
            boolean replaced = stored.stream()
                    .anyMatch(known -> known.get(id).equals(spec.get(id))
                            && known.get("version").equals(spec.get("version")));
            if (!replaced) {
                all.add(spec);
            }
        }
        return all;
    }
}
