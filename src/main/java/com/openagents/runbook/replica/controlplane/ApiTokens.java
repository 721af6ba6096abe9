package com.openagents.runbook.replica.controlplane;

import com.openagents.runbook.replica.runtime.config.Variables;
import com.openagents.runbook.replica.runtime.http.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which API token belongs to which user; OA_REPLICA_API_TOKENS lists them as {@code token=user,token=user}. */
record ApiTokens(Map<String, Long> userByToken) {
    private static final String BEARER = "Bearer ";

    static ApiTokens read(Variables variables) {
        var users = new HashMap<String, Long>();
        for (var pair : variables.list("OA_REPLICA_API_TOKENS", "")) {
            var parts = pair.split("=", 2);
            if (parts.length != 2 || !parts[1].matches("\\d+")) {
                throw new IllegalArgumentException("OA_REPLICA_API_TOKENS is not a list of token=user");
            }
            users.put(parts[0], Long.valueOf(parts[1]));
        }
        return new ApiTokens(Map.copyOf(users));
    }

    Optional<Long> user(Request request) {
        return request.header("authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> userByToken.get(value.substring(BEARER.length()).trim()));
    }

    @Override
    public String toString() {
        return userByToken.size() + " API tokens";
    }
}
