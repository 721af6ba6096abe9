package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.faults.ProcessFaults;
import com.openagents.runbook.replica.runtime.config.ControlPlaneAccess;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.skills.Registry;
import com.openagents.runbook.replica.runtime.telemetry.Origin;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Contract 3.12: one tool-pack operation, executed or replayed. */
public final class ExecuteRoute {
    private static final String INVALID = "tool invocation validation failed";

    private final Registry registry;
    private final CodingKernel kernel;
    private final ToolMetrics metrics;

    public ExecuteRoute(RuntimeConfig config, Registry registry, ToolMetrics metrics) {
        var variables = config.variables();
        var faults = config.faults();
        var clock = InstantSource.system();
        var github = new GitHubProvider(
                variables.setting("GITHUB_BASE_URL", "https://api.github.com"),
                new SecretClient(
                        ControlPlaneAccess.read(variables), clock, faults.has(ProcessFaults.SECRET_REQUEST_MISDATED)));
        var reset = Duration.ofMillis(variables.setting("CODING_BREAKER_RESET_TIMEOUT_MS", 10_000));
        this.registry = registry;
        this.metrics = metrics;
        var breakers = new Breakers(
                faults.has(ProcessFaults.BREAKER_PER_CONNECTION), () -> new CircuitBreaker(reset, clock, metrics));
        this.kernel = new CodingKernel(github, breakers, metrics);
    }

    public Route route() {
        return new Route("POST", "/internal/v1/tools/execute", Route.Pipeline.API, this::handle);
    }

    private Response handle(Request request) throws SQLException {
        var body = request.body();
        validate(body);
        var call = call(body, principal(request, body));
        var toolPack = text(body.get("tool_pack"));
        var inline = ToolPolicy.object(body.get("manifest"));
        var manifestJson =
                inline.isEmpty() ? registry.manifest(toolPack, ToolPolicy.object(body.get("manifest_ref"))) : inline;
        if (!toolPack.equals("coding.v1")) {
            throw badRequest(List.of("tool_pack is not supported: " + toolPack));
        }
        var problems = new Problems("manifest_validation.invalid_schema");
        var manifest = CodingManifest.read(manifestJson, problems);
        problems.check(INVALID);
        call.putIfAbsent("integration_id", manifest.integrationId());
        CodingKernel.checkRequest(manifest, call);
        var policy = ToolPolicy.read(ToolPolicy.object(body.get("policy")));
        if ("replay".equals(text(body.get("mode")))) {
            return Response.json(200, Json.object("data", kernel.replay(manifest, call, policy)));
        }
        var data = kernel.execute(manifest, call, policy, request.connection());
        metrics.answered(new Origin(request.logId(), String.valueOf(call.getOrDefault("run_id", ""))), data);
        return Response.json(200, Json.object("data", data));
    }

    private static void validate(Map<String, Object> body) {
        var errors = new ArrayList<String>();
        if (text(body.get("tool_pack")) == null) {
            errors.add("tool_pack is required");
        }
        var mode = text(body.get("mode"));
        if (mode != null && !Set.of("execute", "replay").contains(mode)) {
            errors.add("mode must be execute or replay");
        }
        if (!(body.get("manifest") instanceof Map) && !(body.get("manifest_ref") instanceof Map)) {
            errors.add("manifest or manifest_ref must be an object");
        }
        if (!(body.get("request") instanceof Map)) {
            errors.add("request must be an object");
        }
        if (body.get("policy") != null && !(body.get("policy") instanceof Map)) {
            errors.add("policy must be an object when provided");
        }
        if (!errors.isEmpty()) {
            throw badRequest(errors);
        }
    }

    private static long principal(Request request, Map<String, Object> body) {
        var user = positive(request.header("x-oa-user-id").orElse(null));
        if (user == null) {
            throw badRequest(List.of("x-oa-user-id header is required"));
        }
        var nested = ToolPolicy.object(body.get("request")).get("user_id");
        var named = positive(body.get("user_id") == null ? nested : body.get("user_id"));
        if (named != null && !named.equals(user)) {
            throw HttpError.forbidden("request context does not match authenticated principal");
        }
        return user;
    }

    private static Map<String, Object> call(Map<String, Object> body, long user) {
        var call = new LinkedHashMap<>(ToolPolicy.object(body.get("request")));
        for (var name : List.of("run_id", "thread_id")) {
            if (text(body.get(name)) != null) {
                call.putIfAbsent(name, text(body.get(name)));
            }
        }
        call.put("user_id", user);
        return call;
    }

    private static HttpError badRequest(List<String> details) {
        return new HttpError(400, "invalid_request", INVALID, details);
    }

    private static String text(Object value) {
        if (value instanceof Long number) {
            return number.toString();
        }
        return value instanceof String text && !text.isBlank() ? text.trim() : null;
    }

    private static Long positive(Object value) {
        if (value instanceof Long number && number > 0) {
            return number;
        }
        return value instanceof String text && text.matches("\\+?0*[1-9]\\d{0,17}") ? Long.valueOf(text) : null;
    }
}
