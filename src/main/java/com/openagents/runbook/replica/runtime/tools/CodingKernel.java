package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.policy.PolicyEvaluator;
import com.openagents.runbook.replica.runtime.policy.PolicyEvaluator.Decision;
import com.openagents.runbook.replica.runtime.telemetry.ToolMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Decides about and carries out one operation of the coding pack (contract 3.12). */
final class CodingKernel {
    private static final Set<String> OPERATIONS = Set.of("get_issue", "get_pull_request", "add_issue_comment");
    private static final String FAILED = "coding_failed.";
    private static final int RECEIPT_DIGITS = 24;

    private final GitHubProvider github;
    private final Breakers breakers;
    private final ToolMetrics metrics;

    CodingKernel(GitHubProvider github, Breakers breakers, ToolMetrics metrics) {
        this.github = github;
        this.breakers = breakers;
        this.metrics = metrics;
    }

    /** @param connection on which the operation was asked for */
    Map<String, Object> execute(
            CodingManifest manifest, Map<String, Object> request, ToolPolicy policy, String connection) {
        var decision = decide(manifest, request, policy);
        metrics.decision(decision.word(), policy.modeLabel(), "none", policy.budget());
        if (!decision.isAllowed()) {
            return result(manifest, request, decision, "blocked", decision.reasonCode(), Map.of());
        }
        metrics.lifecycle("run", "started", "running", "none");
        long startedAt = System.nanoTime();
        var result = call(manifest, request, decision, breakers.of(connection));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
        var state = String.valueOf(result.get("state"));
        metrics.lifecycle("terminal", state, state, errorClass(result), millis);
        return result;
    }

    /** The reason without the names of what failed, which are the same for the whole pack. */
    private static String errorClass(Map<String, Object> result) {
        var code = String.valueOf(result.get("reason_code"));
        return code.startsWith(FAILED) ? code.substring(FAILED.length()) : "none";
    }

    private Map<String, Object> call(
            CodingManifest manifest, Map<String, Object> request, Decision decision, CircuitBreaker breaker) {
        try {
            var answer = breaker.call(manifest.provider(), () -> github.execute(manifest.provider(), request));
            if (answer.isEmpty()) {
                var reason = "provider_circuit_open";
                return failed(manifest, request, decision, FAILED + reason, reason);
            }
            return result(manifest, request, decision, "succeeded", decision.reasonCode(), answer.get());
        } catch (ProviderFailure failure) {
            return failed(manifest, request, decision, failure.reasonCode(), failure.reason());
        } catch (Exception crash) {
            return failed(manifest, request, decision, FAILED + "provider_error", "exception");
        }
    }

    Map<String, Object> replay(CodingManifest manifest, Map<String, Object> request, ToolPolicy policy) {
        var decision = decide(manifest, request, policy);
        return Json.object(
                "decision", decision.word(),
                "reason_code", decision.reasonCode(),
                "evaluation_hash", decision.evaluationHash(),
                "replay_hash", replayHash(manifest, request, decision));
    }

    /** @throws com.openagents.runbook.replica.runtime.http.HttpError 422 if the operation cannot be meant */
    static void checkRequest(CodingManifest manifest, Map<String, Object> request) {
        var problems = new Problems("manifest_validation.invalid_schema");
        var operation = request.get("operation");
        if (!(operation instanceof String text) || !OPERATIONS.contains(text)) {
            problems.add("operation", "operation must be one of get_issue, get_pull_request, add_issue_comment");
        } else if (!manifest.capabilities().contains(operation)) {
            problems.add("operation", "operation is not a capability of the integration");
        }
        if (!(request.get("repository") instanceof String repository) || !repository.matches("[\\w.-]+/[\\w.-]+")) {
            problems.add("repository", "repository must be owner/repo");
        }
        problems.requirePositive(request, "get_pull_request".equals(operation) ? "pull_number" : "issue_number");
        if ("add_issue_comment".equals(operation)) {
            problems.requireText(request, "body");
        }
        problems.check("tool invocation validation failed");
    }

    private static Decision decide(CodingManifest manifest, Map<String, Object> request, ToolPolicy policy) {
        var decision = PolicyEvaluator.evaluate(policy.evaluated(), policy.budget(), Map.of());
        boolean writes = "add_issue_comment".equals(request.get("operation"));
        if (decision.isAllowed() && writes && manifest.enforcesWriteApproval() && !policy.writeApproved()) {
            var denied = new LinkedHashMap<>(policy.evaluated());
            denied.put("decision", "denied");
            return PolicyEvaluator.evaluate(denied, policy.budget(), Map.of());
        }
        return decision;
    }

    private static Map<String, Object> failed(
            CodingManifest manifest, Map<String, Object> request, Decision decision, String code, String reason) {
        var providerResult =
                Json.object("provider", manifest.provider(), "fallback_used", false, "failure_reason", reason);
        return result(manifest, request, decision, "failed", code, providerResult);
    }

    private static Map<String, Object> result(
            CodingManifest manifest,
            Map<String, Object> request,
            Decision decision,
            String state,
            String reasonCode,
            Map<String, Object> providerResult) {
        var result = Json.object(
                "integration_id", manifest.integrationId(),
                "provider", manifest.provider(),
                "operation", request.get("operation"),
                "state", state,
                "decision", decision.word(),
                "reason_code", reasonCode,
                "policy", decision.json());
        var receipt = new LinkedHashMap<>(result);
        receipt.put("replay_hash", replayHash(manifest, request, decision));
        receipt.put("result_hash", Digests.canonical(providerResult));
        receipt.put("receipt_id", "coding_" + Digests.canonical(receipt).substring(0, RECEIPT_DIGITS));
        result.put("provider_result", providerResult);
        result.put("receipt", receipt);
        return result;
    }

    private static String replayHash(CodingManifest manifest, Map<String, Object> request, Decision decision) {
        return Digests.canonical(Json.object(
                "integration_id", manifest.integrationId(),
                "provider", manifest.provider(),
                "request", request,
                "evaluation_hash", decision.evaluationHash()));
    }
}
