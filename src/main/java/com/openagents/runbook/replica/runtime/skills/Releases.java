package com.openagents.runbook.replica.runtime.skills;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Published skills: a skill with the specs of its tools, frozen and hashed. */
final class Releases {
    private static final int ID_DIGITS = 24;

    private final Database database;
    private final Registry registry;
    private final InstantSource clock;

    Releases(Database database, Registry registry, InstantSource clock) {
        this.database = database;
        this.registry = registry;
        this.clock = clock;
    }

    Map<String, Object> publish(String skillId, long version) throws SQLException {
        var skill = registry.skill(skillId, version).orElseThrow(() -> HttpError.notFound("skill spec not found"));
        var bundle = Json.object("bundle_format", "agent_skills.v1", "skill", skill, "tools", tools(skill));
        var hash = Digests.canonical(bundle);
        var named = Json.object("skill_id", skillId, "version", version, "bundle_hash", hash);
        var releaseId = "skillrel_" + Digests.canonical(named).substring(0, ID_DIGITS);
        var now = clock.instant();
        var report = Json.object("compatible", true, "errors", List.of());
        database.transaction(sql -> {
            sql.update(
                    "INSERT INTO runtime.skill_releases (release_id, skill_id, version, bundle, bundle_hash,"
                            + " compatibility_report, published_at, metadata, inserted_at, updated_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (skill_id, version) DO UPDATE SET"
                            + " bundle = excluded.bundle, bundle_hash = excluded.bundle_hash,"
                            + " compatibility_report = excluded.compatibility_report,"
                            + " published_at = excluded.published_at, updated_at = excluded.updated_at",
                    releaseId,
                    skillId,
                    version,
                    bundle,
                    hash,
                    report,
                    now,
                    Json.object("published_by", "runtime"),
                    now,
                    now);
            return sql.update(
                    "UPDATE runtime.skill_specs SET state = 'published', updated_at = ? WHERE skill_id = ? AND version = ?",
                    now,
                    skillId,
                    version);
        });
        return find(skillId, version);
    }

    Map<String, Object> find(String skillId, long version) throws SQLException {
        return database.query(sql -> sql.find(
                        "SELECT * FROM runtime.skill_releases WHERE skill_id = ? AND version = ?",
                        row -> Json.object(
                                "release_id", row.text("release_id"),
                                "skill_id", row.text("skill_id"),
                                "version", row.number("version"),
                                "bundle", row.json("bundle"),
                                "bundle_hash", row.text("bundle_hash"),
                                "compatibility_report", row.json("compatibility_report"),
                                "published_at", Timestamps.micros(row.instant("published_at")),
                                "metadata", row.json("metadata")),
                        skillId,
                        version))
                .orElseThrow(() -> HttpError.notFound("skill release not found"));
    }

    private List<Object> tools(Map<String, Object> skill) throws SQLException {
        var tools = new ArrayList<>();
        for (var reference : (List<?>) skill.getOrDefault("allowed_tools", List.of())) {
            var tool = (Map<?, ?>) reference;
            var id = String.valueOf(tool.get("tool_id"));
            var version = tool.get("version") instanceof Long number ? number : null;
            tools.add(registry.tool(id, version).orElseThrow(() -> missing(id, version)));
        }
        return tools;
    }

    private static HttpError missing(String toolId, Long version) {
        var shown = version == null ? "latest" : version.toString();
        var detail = Json.object(
                "reason_code", "manifest_resolution.tool_not_found",
                "path", "allowed_tools",
                "message", "tool spec not found: " + toolId + "@" + shown);
        return new HttpError(422, "invalid_request", "skill registry validation failed", List.of(detail));
    }
}
