package com.openagents.runbook.system.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.grafana.Dashboard.Panel;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.http.HttpCall;
import com.openagents.runbook.system.http.HttpCaller;
import com.openagents.runbook.system.http.JsonText;
import com.openagents.runbook.system.http.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the dashboard from Grafana where one is configured, else from its file. */
public final class GrafanaSystem {
    private static final String SYSTEM = "grafana";

    private final GrafanaAccess access;
    private final EvidenceLog evidence;

    public GrafanaSystem(GrafanaAccess access, EvidenceLog evidence) {
        this.access = access;
        this.evidence = evidence;
    }

    /**
     * @param uid the dashboard's id
     * @param heldAgainst what it is held against, in words, for the evidence
     * @throws CouldNotCheck if Grafana does not answer or the file cannot be read
     */
    public Dashboard dashboard(String uid, String heldAgainst) {
        var dashboard = access.grafana().isPresent() ? shown(uid) : onFile();
        evidence.saw(new Evidence(
                "Dashboard " + dashboard.title(),
                SYSTEM,
                dashboard.command(),
                dashboard.panels().stream().map(GrafanaSystem::row).toList(),
                heldAgainst,
                dashboard.at(),
                Map.of("source", dashboard.source(), "uid", dashboard.uid())));
        return dashboard;
    }

    private Dashboard shown(String uid) {
        var answer = ask("/api/dashboards/uid/" + uid);
        if (answer.status() != 200) {
            throw new CouldNotCheck("grafana answers " + answer.asked() + " with " + answer.words()
                    + ". Ask it by hand:\n" + answer.command());
        }
        var json = JsonText.read(answer.body()).path("dashboard");
        return read(json, access.grafana().orElseThrow().toString(), answer.at(), answer.command());
    }

    private Dashboard onFile() {
        var file = access.file();
        try {
            var json = JsonText.read(Files.readString(file));
            return read(json, file.toString(), Instant.now(), "jq '.panels[].title' " + Shell.quote(file.toString()));
        } catch (IOException e) {
            throw new CouldNotCheck("there is no dashboard file " + file
                    + ": name the Grafana that shows it by systems.grafana.url, or put the file there");
        }
    }

    private static Dashboard read(JsonNode json, String source, Instant at, String command) {
        return new Dashboard(
                json.path("uid").asText(),
                json.path("title").asText(),
                panels(json).toList(),
                source,
                at,
                command);
    }

    /** Rows hold panels of their own when they are folded. */
    private static Stream<Panel> panels(JsonNode holder) {
        return items(holder.path("panels"))
                .flatMap(panel -> "row".equals(panel.path("type").asText()) ? panels(panel) : Stream.of(panel(panel)));
    }

    private static Panel panel(JsonNode panel) {
        var queries = items(panel.path("targets"))
                .map(target -> target.path("expr").asText())
                .toList();
        return new Panel(panel.path("title").asText(), queries);
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    public Identity identity() {
        var facts = new LinkedHashMap<String, String>();
        facts.put(
                "source",
                access.grafana()
                        .map(URI::toString)
                        .orElseGet(() -> access.file().toString()));
        access.grafana().ifPresent(uri -> facts.put("version", version()));
        return new Identity(SYSTEM, facts);
    }

    private String version() {
        try {
            var answer = ask("/api/health");
            return answer.part("version").orElseGet(() -> Identity.unknown(answer.words()));
        } catch (CouldNotCheck noAnswer) {
            return Identity.unknown("no answer");
        }
    }

    private Answer ask(String path) {
        var credential = access.token()
                .map(token -> new HttpCall.Credential("authorization", "Bearer " + token.get(), "Bearer $TOKEN"));
        var uri = URI.create(access.grafana().orElseThrow().toString().replaceAll("/+$", "") + path);
        return new HttpCaller(SYSTEM, access.patience())
                .ask(new HttpCall("GET", uri, Map.of(), credential, Optional.empty(), ""));
    }

    private static Map<String, String> row(Panel panel) {
        var row = new LinkedHashMap<String, String>();
        row.put("panel", panel.title());
        row.put("query", String.join("; ", panel.queries()));
        return row;
    }
}
