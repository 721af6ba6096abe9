package com.openagents.runbook.system.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The smallest thing that a tool provider can be asked for: one issue of the project's own public repository, read only
 * (contract 3.12). It needs no budget, and the provider's secret of the user in whose name it is asked.
 */
final class ProviderProbe {
    private static final String REPOSITORY = "OpenAgentsInc/openagents";
    private static final int ISSUE = 1;

    /** Failures in a row after which a provider is not called any more (contract 8.3). */
    static final int BREAKER_THRESHOLD = 3;

    private ProviderProbe() {}

    /** @param integration for example {@code github.primary} */
    static Map<String, Object> body(String integration) {
        var id = "runbook-" + UUID.randomUUID();
        var request = new LinkedHashMap<String, Object>();
        request.put("integration_id", integration);
        request.put("operation", "get_issue");
        request.put("repository", REPOSITORY);
        request.put("issue_number", ISSUE);
        request.put("tool_call_id", id);
        request.put("run_id", id);
        var body = new LinkedHashMap<String, Object>();
        body.put("tool_pack", "coding.v1");
        body.put("manifest_ref", Map.of("integration_id", integration));
        body.put("request", request);
        body.put("policy", Map.of("authorization_id", "runbook", "authorization_mode", "interactive"));
        return body;
    }
}
