package com.openagents.runbook.system.alertmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.HttpCall;
import com.openagents.runbook.system.http.HttpCaller;
import com.openagents.runbook.system.http.JsonText;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Asks an Alertmanager by its HTTP API. One that does not answer, or refuses, is {@link CouldNotCheck}. */
public final class AlertmanagerSystem {
    private static final String SYSTEM = "alertmanager";

    private final URI base;
    private final Duration patience;
    private final EvidenceLog evidence;

    public AlertmanagerSystem(AlertmanagerAccess access, EvidenceLog evidence) {
        this.base = access.base();
        this.patience = access.patience();
        this.evidence = evidence;
    }

    /** @param heldAgainst what the answer is held against, in words, for the evidence */
    public HeldAlerts alerts(String heldAgainst) {
        var answer = ask("/api/v2/alerts");
        var alerts = read(answer);
        saw("Alerts in the Alertmanager", answer, alerts, heldAgainst);
        return new HeldAlerts(alerts, answer.at(), answer.command());
    }

    /** One alert: whether it is told to somebody, or silenced. */
    public void alert(String name) {
        var answer = ask("/api/v2/alerts?filter=alertname%3D" + name);
        saw("Alert " + name + " in the Alertmanager", answer, read(answer), "");
    }

    private static List<HeldAlert> read(Answer answer) {
        return StreamSupport.stream(JsonText.read(answer.body()).spliterator(), false)
                .map(AlertmanagerSystem::alert)
                .sorted(Comparator.comparing(HeldAlert::startsAt))
                .toList();
    }

    private void saw(String title, Answer answer, List<HeldAlert> alerts, String heldAgainst) {
        evidence.saw(new Evidence(
                title,
                SYSTEM,
                answer.command(),
                alerts.stream().map(AlertmanagerSystem::row).toList(),
                heldAgainst,
                answer.at(),
                Map.of("server", base.toString())));
    }

    public Identity identity() {
        return new Identity(SYSTEM, Map.of("server", base.toString(), "version", version()));
    }

    private String version() {
        try {
            var answer = ask("/api/v2/status");
            return answer.part("versionInfo.version").orElseGet(() -> Identity.unknown(answer.words()));
        } catch (CouldNotCheck noAnswer) {
            return Identity.unknown("no answer");
        }
    }

    private Answer ask(String path) {
        var uri = URI.create(base.toString().replaceAll("/+$", "") + path);
        var answer = new HttpCaller(SYSTEM, patience)
                .ask(new HttpCall("GET", uri, Map.of(), Optional.empty(), Optional.empty(), ""));
        if (answer.status() != 200) {
            throw new CouldNotCheck("alertmanager answers " + answer.asked() + " with " + answer.words()
                    + ". Ask it by hand:\n" + answer.command());
        }
        return answer;
    }

    private static HeldAlert alert(JsonNode alert) {
        return new HeldAlert(
                JsonText.texts(alert.path("labels")),
                JsonText.texts(alert.path("annotations")),
                OffsetDateTime.parse(alert.path("startsAt").asText()).toInstant(),
                alert.path("status").path("state").asText());
    }

    private static Map<String, String> row(HeldAlert alert) {
        var row = new LinkedHashMap<String, String>();
        row.put("alert", alert.name());
        row.put("severity", alert.severity());
        row.put("since", alert.startsAt().toString());
        row.put("state", alert.state());
        row.put("summary", alert.annotations().getOrDefault("summary", ""));
        return row;
    }
}
