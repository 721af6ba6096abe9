package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Topics;
import com.openagents.runbook.replica.runtime.telemetry.MintMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The two mint endpoints of contract 5.6. Only tokens of the first open the runtime's socket. */
final class TokenRoutes {
    private static final int LONGEST_WORD = 120;
    private static final Set<String> ROLES = Set.of("member", "admin", "owner");

    private final ApiTokens users;
    private final TokenMint sync;
    private final TokenMint khala;
    private final MintMetrics metrics;
    private final InstantSource clock;

    TokenRoutes(ApiTokens users, TokenMint sync, TokenMint khala, MintMetrics metrics, InstantSource clock) {
        this.users = users;
        this.sync = sync;
        this.khala = khala;
        this.metrics = metrics;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/sync/token", Route.Pipeline.OPEN, request -> answer(request, this::syncToken)),
                new Route(
                        "POST", "/api/khala/token", Route.Pipeline.OPEN, request -> answer(request, this::khalaToken)));
    }

    private Response answer(Request request, Endpoint endpoint) {
        try {
            var user = users.user(request).orElseThrow(MintRefused::unauthenticated);
            var data = endpoint.mint(user, request.body());
            metrics.minted(true);
            return Response.json(200, Json.object("data", data));
        } catch (MintRefused refused) {
            metrics.minted(false);
            return refused.response();
        }
    }

    private Map<String, Object> syncToken(long user, Map<String, Object> body) throws MintRefused {
        var asked = words("scopes", body.get("scopes"));
        var scopes = asked.isEmpty() ? List.of(Topics.WORKER_SUMMARIES) : asked;
        if (!Topics.ALL.containsAll(scopes)) {
            throw MintRefused.error(422, "invalid_scope", "requested sync scope is not allowed");
        }
        requireUsable(sync, "sync_token_unavailable");
        var org = "user:" + user;
        var data = sync.mint(user, clock.instant(), Json.object("oa_org_id", org, "oa_sync_scopes", scopes));
        data.putAll(Json.object(
                "org_id", org, "scopes", scopes, "kid", sync.config().keyId()));
        return data;
    }

    private Map<String, Object> khalaToken(long user, Map<String, Object> body) throws MintRefused {
        var scope = words("scope", body.get("scope"));
        var workspace = text("workspace_id", body.get("workspace_id"));
        var role = text("role", body.get("role"));
        if (role != null && !ROLES.contains(role)) {
            throw MintRefused.invalid("role", "The selected role is invalid.");
        }
        requireUsable(khala, "khala_token_unavailable");
        var extra = Json.object();
        if (!scope.isEmpty()) {
            extra.put("scope", scope);
        }
        if (workspace != null) {
            extra.put("oa_workspace_id", workspace);
        }
        if (role != null) {
            extra.put("oa_role", role);
        }
        var data = khala.mint(user, clock.instant(), extra);
        data.putAll(Json.object("scope", scope, "workspace_id", workspace, "role", role));
        return data;
    }

    private static void requireUsable(TokenMint mint, String code) throws MintRefused {
        if (!mint.config().isUsable()) {
            throw MintRefused.error(503, code, "token minting is not available");
        }
    }

    private static List<String> words(String field, Object value) throws MintRefused {
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw MintRefused.invalid(field, "The " + field + " field must be an array.");
        }
        for (int i = 0; i < list.size(); i++) {
            text(field + "." + i, list.get(i));
        }
        return list.stream().map(String.class::cast).toList();
    }

    private static String text(String field, Object value) throws MintRefused {
        if (value != null && !(value instanceof String)) {
            throw MintRefused.invalid(field, "The " + field + " field must be a string.");
        }
        var text = (String) value;
        if (text != null && text.length() > LONGEST_WORD) {
            throw MintRefused.invalid(
                    field, "The " + field + " field must not be greater than " + LONGEST_WORD + " characters.");
        }
        return text;
    }

    private interface Endpoint {
        Map<String, Object> mint(long user, Map<String, Object> body) throws MintRefused;
    }
}
