package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.http.Answer;
import java.util.Map;

/** The skill registry over the internal API (contract 3.5). */
public final class Skills {
    private final RuntimeSystem runtime;

    Skills(RuntimeSystem runtime) {
        this.runtime = runtime;
    }

    public Answer toolSpecs() {
        return runtime.send(ApiRequest.get("/skills/tool-specs"));
    }

    public Answer skillSpecs() {
        return runtime.send(ApiRequest.get("/skills/skill-specs"));
    }

    /** @param body {@code tool_spec} and, if wanted, {@code state} */
    public Answer putToolSpec(Map<String, Object> body) {
        return runtime.send(ApiRequest.post("/skills/tool-specs", body));
    }

    /** @param body {@code skill_spec} and, if wanted, {@code state} */
    public Answer putSkillSpec(Map<String, Object> body) {
        return runtime.send(ApiRequest.post("/skills/skill-specs", body));
    }

    public Answer publish(String skillId, String version) {
        return runtime.send(ApiRequest.post("/skills/skill-specs/" + path(skillId, version) + "/publish", Map.of()));
    }

    public Answer release(String skillId, String version) {
        return runtime.send(ApiRequest.get("/skills/releases/" + path(skillId, version)));
    }

    private static String path(String skillId, String version) {
        return ApiRequest.segment(skillId) + "/" + ApiRequest.segment(version);
    }
}
