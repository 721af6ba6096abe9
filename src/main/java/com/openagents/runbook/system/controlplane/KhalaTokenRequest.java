package com.openagents.runbook.system.controlplane;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a khala token is asked for (contract 5.6).
 *
 * @param scope free words; none are sent if it is empty
 */
public record KhalaTokenRequest(List<String> scope, Optional<String> workspaceId, Optional<String> role) {
    public KhalaTokenRequest {
        scope = List.copyOf(scope);
    }

    /** A token without scope, workspace and role. */
    public static KhalaTokenRequest plain() {
        return new KhalaTokenRequest(List.of(), Optional.empty(), Optional.empty());
    }

    Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        if (!scope.isEmpty()) {
            body.put("scope", scope);
        }
        workspaceId.ifPresent(id -> body.put("workspace_id", id));
        role.ifPresent(name -> body.put("role", name));
        return body;
    }
}
