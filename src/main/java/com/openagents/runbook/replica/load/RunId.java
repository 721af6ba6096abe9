package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.runtime.json.Json;
import java.util.Map;

/** A run as requests name it. */
record RunId(String runId, String threadId) {
    String path(String path) {
        return "/runs/" + runId + path;
    }

    Map<String, Object> claims() {
        return Json.object("run_id", runId, "thread_id", threadId);
    }
}
