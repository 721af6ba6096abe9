package com.openagents.runbook.replica.cluster.api;

import io.vertx.core.http.HttpServerRequest;

/** Who asks, and whether they may. */
final class Access {

    private final String adminToken;
    private final boolean anonymousIsAdmin;

    Access(String adminToken, boolean anonymousIsAdmin) {
        this.adminToken = adminToken;
        this.anonymousIsAdmin = anonymousIsAdmin;
    }

    User authenticate(HttpServerRequest request) {
        var header = request.getHeader("Authorization");
        if (header == null && anonymousIsAdmin) {
            return User.admin();
        }
        if (header != null && header.equals("Bearer " + adminToken)) {
            return User.admin();
        }
        throw Statuses.unauthorized();
    }

    void authorize(User user, RequestInfo info) {}
}
