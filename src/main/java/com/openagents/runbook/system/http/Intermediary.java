package com.openagents.runbook.system.http;

import com.openagents.runbook.evidence.CouldNotCheck;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What stands between the runbook and the system that it asks, and says in a header why that one was not reached: its own
 * refusal must not count as an answer.
 */
public final class Intermediary {
    public static final String HEADER = "x-runbook-not-asked";

    private Intermediary() {}

    /** The reason as the value of the header. */
    public static String written(String reason) {
        return URLEncoder.encode(reason, StandardCharsets.UTF_8);
    }

    /** @throws CouldNotCheck if whoever was asked was not reached */
    public static Answer reached(Answer answer) {
        answer.header(HEADER).ifPresent(reason -> {
            throw new CouldNotCheck(URLDecoder.decode(reason, StandardCharsets.UTF_8));
        });
        return answer;
    }
}
