package com.openagents.runbook.replica.runtime.skills;

import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The specs that are there before anybody has registered one. */
record Builtins(List<Map<String, Object>> tools, List<Map<String, Object>> skills) {

    static Builtins load() {
        try (var stream = Builtins.class.getResourceAsStream("builtins.json")) {
            var all = Json.readObject(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            return new Builtins(hashed(all.get("tools")), hashed(all.get("skills")));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> hashed(Object value) {
        var specs = (List<Map<String, Object>>) value;
        specs.forEach(spec -> spec.put("content_hash", Digests.canonical(spec)));
        return specs;
    }
}
