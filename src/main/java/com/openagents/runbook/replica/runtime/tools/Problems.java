package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with a manifest, a request or a spec, all at once (contract 3.3). */
public final class Problems {
    private final String reasonCode;
    private final List<Map<String, Object>> found = new ArrayList<>();

    public Problems(String reasonCode) {
        this.reasonCode = reasonCode;
    }

    public void add(String path, String message) {
        found.add(Json.object("reason_code", reasonCode, "path", path, "message", message));
    }

    public void requireText(Map<String, Object> map, String key) {
        if (!(map.get(key) instanceof String text) || text.isBlank()) {
            add(key, key + " is required");
        }
    }

    public void requirePositive(Map<String, Object> map, String key) {
        if (!(map.get(key) instanceof Long number) || number < 1) {
            add(key, key + " must be a positive integer");
        }
    }

    public void requireEqual(Map<String, Object> map, String key, String wanted) {
        if (!wanted.equals(map.get(key))) {
            add(key, key + " must be " + wanted);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws HttpError 422 with every problem */
    public void check(String message) {
        if (!found.isEmpty()) {
            throw new HttpError(422, "invalid_request", message, found);
        }
    }
}
