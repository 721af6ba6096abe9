package com.openagents.runbook.replica.cluster.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Who asks, and whether they may. */
final class Access {

    private final String adminToken;
    private final boolean anonymousIsAdmin;
    private final Tokens tokens;
    private final RoleBook roles;

    Access(String adminToken, boolean anonymousIsAdmin, Tokens tokens, RoleBook roles) {
        this.adminToken = adminToken;
        this.anonymousIsAdmin = anonymousIsAdmin;
        this.tokens = tokens;
        this.roles = roles;
    }

    User authenticate(HttpServerRequest request) {
        var user = bearer(request.getHeader("Authorization"));
        var impersonated = request.getHeader("Impersonate-User");
        if (impersonated == null) {
            return user;
        }
        if (!user.mayEverything()) {
            throw Statuses.forbiddenTo(user, "impersonate", new RequestInfo("", "", "", "", "users", impersonated, ""));
        }
        return User.impersonated(impersonated, List.copyOf(request.headers().getAll("Impersonate-Group")));
    }

    private User bearer(String header) {
        if (header == null && anonymousIsAdmin) {
            return User.admin();
        }
        if (header == null || !header.startsWith("Bearer ")) {
            throw Statuses.unauthorized();
        }
        var token = header.substring("Bearer ".length());
        return token.equals(adminToken) ? User.admin() : tokens.user(token).orElseThrow(Statuses::unauthorized);
    }

    void authorize(User user, RequestInfo info) {
        if (!roles.allows(user, RoleBook.Question.of(info)).allowed()) {
            throw Statuses.forbiddenTo(user, info.verb(), info);
        }
    }

    void authorizePath(User user, String verb, String path) {
        if (!roles.allows(user, RoleBook.Question.path(verb, path)).allowed()) {
            var status = Statuses.failure(
                    403,
                    "Forbidden",
                    "forbidden: User \"%s\" cannot %s path \"%s\"".formatted(user.name(), verb, path));
            status.putObject("details");
            throw new ApiError(status);
        }
    }
}
