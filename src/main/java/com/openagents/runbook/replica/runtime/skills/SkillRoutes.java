package com.openagents.runbook.replica.runtime.skills;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.tools.CodingManifest;
import com.openagents.runbook.replica.runtime.tools.Problems;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes below {@code /internal/v1/skills}. */
public final class SkillRoutes {
    private static final String SKILLS = "/internal/v1/skills";
    private static final Set<String> STATES = Set.of("draft", "validated", "published", "archived");

    private final Registry registry;
    private final Releases releases;
    private final InstantSource clock = InstantSource.system();

    public SkillRoutes(Database database, Registry registry) {
        this.registry = registry;
        this.releases = new Releases(database, registry, clock);
    }

    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET", SKILLS + "/tool-specs", Route.Pipeline.API, request -> data(200, registry.listTools())),
                new Route(
                        "GET",
                        SKILLS + "/skill-specs",
                        Route.Pipeline.API,
                        request -> data(200, registry.listSkills())),
                new Route("POST", SKILLS + "/tool-specs", Route.Pipeline.API, this::saveTool),
                new Route("POST", SKILLS + "/skill-specs", Route.Pipeline.API, this::saveSkill),
                new Route(
                        "POST", SKILLS + "/skill-specs/:skill_id/:version/publish", Route.Pipeline.API, this::publish),
                new Route("GET", SKILLS + "/releases/:skill_id/:version", Route.Pipeline.API, this::release));
    }

    private Response saveTool(Request request) throws SQLException {
        var spec = spec(request, "tool_spec");
        var problems = new Problems("manifest_validation.invalid_schema");
        problems.requireText(spec, "tool_id");
        problems.requirePositive(spec, "version");
        problems.requireText(spec, "tool_pack");
        problems.requireText(spec, "name");
        problems.requireText(spec, "description");
        if ("coding.v1".equals(spec.get("tool_pack")) && spec.get("integration_manifest") instanceof Map<?, ?>) {
            CodingManifest.read(object(spec.get("integration_manifest")), problems);
        }
        spec.putIfAbsent("execution_kind", "http");
        return save(request, spec, problems, registry.tools());
    }

    private Response saveSkill(Request request) throws SQLException {
        var spec = spec(request, "skill_spec");
        var problems = new Problems("manifest_validation.invalid_schema");
        problems.requireText(spec, "skill_id");
        problems.requirePositive(spec, "version");
        problems.requireText(spec, "name");
        problems.requireText(spec, "description");
        problems.requireText(spec, "instructions_markdown");
        return save(request, spec, problems, registry.skills());
    }

    private Response save(Request request, Map<String, Object> spec, Problems problems, SpecTable table)
            throws SQLException {
        var state = request.body().getOrDefault("state", "validated");
        if (!STATES.contains(state)) {
            problems.add("state", "invalid state: " + Json.write(state));
        }
        problems.check("skill registry validation failed");
        spec.put("state", state);
        spec.put("content_hash", Digests.canonical(spec));
        table.upsert(spec, clock.instant());
        var id = (String) spec.get(table.idColumn());
        return data(201, table.find(id, (Long) spec.get("version")).orElseThrow());
    }

    private Response publish(Request request) throws SQLException {
        requireUser(request);
        return data(201, releases.publish(request.pathParam("skill_id"), version(request)));
    }

    private Response release(Request request) throws SQLException {
        return data(200, releases.find(request.pathParam("skill_id"), version(request)));
    }

    private static long version(Request request) {
        if (!request.pathParam("version").matches("0*[1-9]\\d{0,8}")) {
            throw HttpError.invalidRequest("version must be a positive integer");
        }
        return Long.parseLong(request.pathParam("version"));
    }

    private static Map<String, Object> spec(Request request, String key) {
        var user = requireUser(request);
        if (!(request.body().get(key) instanceof Map<?, ?>)) {
            throw HttpError.invalidRequest(key + " must be an object");
        }
        var spec = new LinkedHashMap<>(object(request.body().get(key)));
        spec.putIfAbsent("submitted_by", "user:" + user);
        return spec;
    }

    private static String requireUser(Request request) {
        return request.header("x-oa-user-id")
                .filter(user -> user.matches("0*[1-9]\\d{0,17}"))
                .orElseThrow(() -> HttpError.invalidRequest("x-oa-user-id header is required"));
    }

    private static Response data(int status, Object data) {
        return Response.json(status, Json.object("data", data));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
