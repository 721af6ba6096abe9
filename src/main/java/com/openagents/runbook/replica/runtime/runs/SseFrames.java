package com.openagents.runbook.replica.runtime.runs;

import com.openagents.runbook.replica.runtime.events.RunEvent;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.policy.ReasonCodes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a run event looks on the wire (contract 3.8). */
final class SseFrames {
    private static final Set<String> WITH_REASON_CODE = Set.of("tool.result", "run.finished");

    private SseFrames() {}

    /** @throws AdapterError for a reason code that the protocol does not know, which cuts the stream */
    static List<String> of(RunEvent event) {
        checkReasonCode(event);
        var first = frame(event.seq(), Json.write(data(event)));
        return event.type().equals("run.finished") ? List.of(first, frame(event.seq(), "[DONE]")) : List.of(first);
    }

    private static String frame(long seq, String data) {
        return "event: message\nid: " + seq + "\ndata: " + data + "\n\n";
    }

    private static Map<String, Object> data(RunEvent event) {
        var payload = event.payload();
        var data = Json.object("runId", event.runId());
        switch (event.type()) {
            case "run.started" -> put(data, "start", "meta", payload);
            case "run.delta", "text.delta" -> put(data, "text-delta", "delta", delta(payload));
            case "tool.call" -> put(data, "tool-call", "toolCall", payload);
            case "tool.result" -> put(data, "tool-result", "toolResult", payload);
            case "run.finished" -> put(data, "finish", "meta", payload);
            default -> {
                put(data, "event", "payload", payload);
                data.put("eventType", event.type());
            }
        }
        return data;
    }

    private static void put(Map<String, Object> data, String type, String key, Object value) {
        data.put("type", type);
        data.put(key, value);
    }

    private static Object delta(Map<String, Object> payload) {
        var delta = payload.get("delta") == null ? payload.get("text") : payload.get("delta");
        return delta == null ? "" : delta;
    }

    private static void checkReasonCode(RunEvent event) {
        var code = event.payload().get("reason_code");
        if (WITH_REASON_CODE.contains(event.type()) && code != null && !ReasonCodes.isKnown(code.toString())) {
            throw new AdapterError("layer0 run event adapter validation failed: unknown reason_code " + code);
        }
    }
}
