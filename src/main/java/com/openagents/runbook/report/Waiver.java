package com.openagents.runbook.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A finding that somebody answers for until a given time, as it stood when the run began.
 *
 * @param id its place in the file of waivers: {@code W1}, {@code W2} …
 * @param scenario the id or the name of the scenario it covers; empty if it covers a statement
 * @param statement the statement of the runbook whose scenarios it covers; empty if it covers a scenario
 * @param environments the environments it is for; empty means all
 * @param from the first instant at which it counts
 * @param until the first instant at which it counts no more
 */
public record Waiver(
        String id,
        String scenario,
        String statement,
        List<String> environments,
        String owner,
        String approver,
        String ticket,
        String reason,
        String risk,
        @JsonSerialize(using = ToStringSerializer.class) Instant from,
        @JsonSerialize(using = ToStringSerializer.class) Instant until) {

    /** The media type under which the waivers for the environment are attached to the run, as JSON. */
    public static final String MEDIA_TYPE = "application/vnd.openagents.waivers+json";

    /** How long before its end the warning begins. */
    static final Duration SOON = Duration.ofDays(14);

    public Waiver {
        environments = List.copyOf(environments);
    }

    /** @throws IllegalArgumentException if a time cannot be read */
    static Waiver read(JsonNode json) {
        return new Waiver(
                json.path("id").asText(),
                json.path("scenario").asText(),
                json.path("statement").asText(),
                RunAttachments.texts(json.path("environments")),
                json.path("owner").asText(),
                json.path("approver").asText(),
                json.path("ticket").asText(),
                json.path("reason").asText(),
                json.path("risk").asText(),
                Times.read(json.path("from").asText()),
                Times.read(json.path("until").asText()));
    }

    boolean covers(ScenarioResult result) {
        return scenario.isEmpty()
                ? result.statements().contains(statement)
                : scenario.equals(result.id()) || scenario.equals(result.name());
    }

    boolean begun(Instant at) {
        return !at.isBefore(from);
    }

    boolean over(Instant at) {
        return !at.isBefore(until);
    }

    /** Whether the warning has begun that comes before its end. */
    boolean endsSoon(Instant at) {
        return begun(at) && !over(at) && !at.isBefore(until.minus(SOON));
    }

    /** What it covers, in words. */
    String covers() {
        return scenario.isEmpty() ? "statement " + statement : "scenario " + scenario;
    }

    /** For example {@code W1 (OPS-12, owner j.doe)}. */
    String named() {
        return id + " (" + ticket + ", owner " + owner + ")";
    }

    /** All that a reader must know, in one line. */
    String text() {
        return id + " until " + Times.moment(until) + ", " + ticket + "; owner " + owner + ", approved by " + approver
                + "; reason: " + reason + "; risk: " + risk;
    }
}
