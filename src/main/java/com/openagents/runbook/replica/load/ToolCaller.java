package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.load.Tally.What;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Calls a tool that reads, with an authorization, so that it is allowed (contract 3.12). */
final class ToolCaller {
    private static final int ISSUES = 400;

    private final Parts parts;
    private final SplittableRandom chance;

    ToolCaller(Parts parts, SplittableRandom chance) {
        this.parts = parts;
        this.chance = chance;
    }

    CompletableFuture<Void> call() {
        return parts.clock()
                .pause(chance, parts.options().betweenToolCalls())
                .thenCompose(rested -> parts.wire().post(parts.wire().pod(chance), "/tools/execute", Map.of(), body()))
                .thenAccept(this::judge);
    }

    private Map<String, Object> body() {
        var call = "load-" + Long.toHexString(chance.nextLong());
        return Json.object(
                "tool_pack",
                "coding.v1",
                "mode",
                parts.options().executesTools() ? "execute" : "replay",
                "manifest_ref",
                Json.object("integration_id", "github.primary"),
                "request",
                Json.object(
                        "integration_id",
                        "github.primary",
                        "tool_call_id",
                        call,
                        "run_id",
                        call,
                        "user_id",
                        parts.wire().user(),
                        "operation",
                        "get_issue",
                        "repository",
                        "openagents/load",
                        "issue_number",
                        1 + chance.nextInt(ISSUES)),
                "policy",
                Json.object("authorization_id", "load"));
    }

    private void judge(Wire.Answer answer) {
        var data = answer.expect("tool", 200).data();
        if (!"allowed".equals(data.get("decision"))) {
            throw new Wire.UnexpectedAnswer("tool: " + data.get("reason_code"));
        }
        if (parts.options().executesTools() && !"succeeded".equals(data.get("state"))) {
            throw new Wire.UnexpectedAnswer("tool: " + data.get("reason_code"));
        }
        parts.tally().did(What.TOOL_CALLS);
    }
}
