package com.openagents.runbook.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The results as assessment results of OSCAL 1.1.2: an observation for each scenario, with references to the evidence in
 * {@code result.json}, and a finding for each control that a scenario is evidence for. The verdicts of the runbook stand in
 * properties.
 */
final class Oscal {
    private static final String VERSION = "1.1.2";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Run run;
    private final String runId;
    private final Instant started;

    private Oscal(Run run) {
        this.run = run;
        this.runId = run.facts().runId();
        this.started = run.started().orElse(Instant.EPOCH);
    }

    /** Writes the document; the writer stays open. */
    static void write(Run run, Writer out) throws IOException {
        out.write(PrettyJson.text(new Oscal(run).document()));
    }

    private ObjectNode document() {
        var document = JSON.createObjectNode();
        var results = document.putObject("assessment-results").put("uuid", OscalWords.uuid(runId, "results"));
        results.putObject("metadata")
                .put(
                        "title",
                        OscalWords.line(
                                "OpenAgents runtime runbook on " + run.facts().environment() + ", run " + runId))
                .put("last-modified", OscalWords.time(run.ended().orElse(started)))
                .put("version", OscalWords.line(runId))
                .put("oscal-version", VERSION);
        results.putObject("import-ap").put("href", "#" + OscalWords.uuid(runId, "runbook"));
        result(results.putArray("results").addObject());
        var resources = results.putObject("back-matter").putArray("resources");
        runbook(resources.addObject());
        record(resources.addObject());
        return document;
    }

    /** The assessment plan is the runbook itself. */
    private void runbook(ObjectNode resource) {
        resource.put("uuid", OscalWords.uuid(runId, "runbook"))
                .put("title", "The executable runbook")
                .put("description", "What was assessed, and how: the feature files of this version.");
        OscalWords.prop(resource, "suite-version", run.facts().suiteVersion());
        OscalWords.prop(resource, "runbook-hash", run.facts().runbookHash());
        OscalWords.prop(resource, "feature-hash", run.facts().featureHash());
    }

    private void record(ObjectNode resource) {
        resource.put("uuid", OscalWords.uuid(runId, "record"))
                .put("title", "The record of the run")
                .put("description", "Everything below is made from it.");
        var link = resource.putArray("rlinks").addObject().put("href", RunRecord.FILE);
        if (!run.recordSha256().isEmpty()) {
            link.putArray("hashes").addObject().put("algorithm", "SHA-256").put("value", run.recordSha256());
        }
    }

    private void result(ObjectNode result) {
        result.put("uuid", OscalWords.uuid(runId, "result"))
                .put("title", OscalWords.line("Run " + runId))
                .put("description", OscalWords.lines(new Headline(run, run.tally()).lead()))
                .put("start", OscalWords.time(started));
        run.ended().ifPresent(end -> result.put("end", OscalWords.time(end)));
        OscalWords.prop(result, "verdict", run.verdict().word());
        OscalWords.prop(result, "environment", run.facts().environment());
        OscalWords.prop(result, "kind", run.facts().kind());
        OscalWords.prop(result, "namespace", run.facts().namespace());
        OscalWords.prop(result, "mode", run.facts().mode());
        OscalWords.prop(result, "started-by", run.facts().startedBy());
        run.problems().forEach(problem -> OscalWords.prop(result, "problem", problem.text()));
        components(result);
        var controls = new OscalFindings(run);
        controls.reviewed(result);
        if (!run.scenarios().isEmpty()) {
            var observations = result.putArray("observations");
            run.scenarios().forEach(scenario -> observation(observations.addObject(), scenario));
        }
        controls.findings(result);
    }

    /** The systems, as far as the run or its evidence names them. */
    private void components(ObjectNode result) {
        var systems = new TreeMap<String, Map<String, String>>();
        var answered = systems();
        answered.forEach(system -> systems.put(system, Map.of()));
        run.identities().forEach(identity -> systems.put(identity.system(), identity.facts()));
        if (systems.isEmpty()) {
            return;
        }
        var components = result.putObject("local-definitions").putArray("components");
        systems.forEach((system, facts) -> {
            var component = components
                    .addObject()
                    .put("uuid", component(system))
                    .put("type", "service")
                    .put("title", OscalWords.line(system))
                    .put("description", OscalWords.line("The system that the runbook calls " + system + "."));
            facts.forEach((name, value) -> OscalWords.prop(component, name, value));
            // One that never answered is known by its configuration only.
            component.putObject("status").put("state", answered.contains(system) ? "operational" : "other");
        });
    }

    private TreeSet<String> systems() {
        return run.scenarios().stream()
                .flatMap(scenario -> systems(scenario).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private TreeSet<String> systems(ScenarioResult scenario) {
        return evidence(scenario).stream()
                .map(ref -> run.evidence().get(ref).system())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String component(String system) {
        return OscalWords.uuid(runId, "component", system);
    }

    private static List<EvidenceRef> evidence(ScenarioResult scenario) {
        return scenario.steps().stream()
                .flatMap(step -> step.evidence().stream())
                .toList();
    }

    private void observation(ObjectNode observation, ScenarioResult scenario) {
        observation
                .put("uuid", OscalWords.observation(run, scenario))
                .put("title", OscalWords.line(scenario.name()))
                .put("description", OscalWords.lines(said(scenario)));
        OscalWords.prop(observation, "verdict", scenario.verdict().word());
        OscalWords.prop(observation, "scenario", scenario.id());
        OscalWords.prop(observation, "section", scenario.section());
        OscalWords.prop(observation, "severity", scenario.severity());
        scenario.statements().forEach(statement -> OscalWords.prop(observation, "statement", statement));
        scenario.controls().forEach(control -> OscalWords.prop(observation, "control", control));
        scenario.waiver().flatMap(run::waiver).ifPresent(waiver -> waiver(observation, waiver));
        observation.putArray("methods").add("TEST");
        if (!scenario.failures().isEmpty()) {
            observation.putArray("types").add("finding");
        }
        var systems = systems(scenario);
        if (!systems.isEmpty()) {
            var subjects = observation.putArray("subjects");
            systems.forEach(system ->
                    subjects.addObject().put("subject-uuid", component(system)).put("type", "component"));
        }
        var evidence = evidence(scenario);
        if (!evidence.isEmpty()) {
            var all = observation.putArray("relevant-evidence");
            evidence.forEach(ref -> evidence(all.addObject(), ref));
        }
        observation.put("collected", OscalWords.time(scenario.started().orElse(started)));
    }

    private static void waiver(ObjectNode observation, Waiver waiver) {
        OscalWords.prop(observation, "waiver", waiver.id());
        OscalWords.prop(observation, "waiver-owner", waiver.owner());
        OscalWords.prop(observation, "waiver-approver", waiver.approver());
        OscalWords.prop(observation, "waiver-ticket", waiver.ticket());
        OscalWords.prop(observation, "waiver-reason", waiver.reason());
        OscalWords.prop(observation, "waiver-risk", waiver.risk());
        OscalWords.prop(observation, "waiver-until", waiver.until().toString());
    }

    private static String said(ScenarioResult scenario) {
        var failures = scenario.failures().stream().map(Failure::message).collect(Collectors.joining("\n\n"));
        return scenario.verdict().word()
                + (scenario.reason().isEmpty() ? "" : ": " + scenario.reason())
                + (failures.isEmpty() ? "" : "\n\n" + failures);
    }

    private void evidence(ObjectNode evidence, EvidenceRef ref) {
        var seen = run.evidence().get(ref);
        evidence.put("href", ReportWriter.JSON + "#/evidence/" + ref.sha256())
                .put("description", OscalWords.lines(seen.title()));
        OscalWords.prop(evidence, "asked", seen.asked());
        OscalWords.prop(evidence, "held-against", seen.threshold());
        OscalWords.prop(evidence, "at", ref.at().toString());
    }
}
