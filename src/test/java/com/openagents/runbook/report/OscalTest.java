package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OscalTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"finished", "killed", "waived", "empty", "without controls", "hostile"})
    void keeps_to_the_published_schema(String name) throws IOException {
        assertThat(schema().validate(document(record(name)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/assessment-results/metadata, oscal-version, ''",
        "/assessment-results/results/0/observations/0/props/0, name, two words",
        "/assessment-results/results/0/observations/0, uuid, 1",
        "/assessment-results/results/0/findings/0/target/status, state, perhaps"
    })
    void the_schema_refuses_what_is_wrong(String where, String field, String value) throws IOException {
        var document = document(SampleWaivers.record());
        ((ObjectNode) document.at(where)).put(field, value);

        assertThat(schema().validate(document)).isNotEmpty();
    }

    @Test
    void each_scenario_is_an_observation_that_refers_to_its_evidence() throws IOException {
        var run = RunRecord.read(new StringReader(SampleRecord.finished()));

        var observations = result(SampleRecord.finished()).path("observations");

        assertThat(observations).hasSize(13);
        assertThat(observations.get(0).path("title").asText()).isEqualTo("Every runtime pod is healthy");
        assertThat(prop(observations.get(0), "verdict")).isEqualTo("failed");
        assertThat(observations.get(0).path("description").asText())
                .contains("1 of 3 pods is not ready", "check pod restarts and recent deploys");
        var hashes = new HashSet<String>();
        observations
                .findValues("relevant-evidence")
                .forEach(all -> all.forEach(one -> hashes.add(one.path("href").asText())));
        assertThat(hashes)
                .containsExactlyInAnyOrderElementsOf(run.evidence().hashes().stream()
                        .map(hash -> "result.json#/evidence/" + hash)
                        .toList());
    }

    @Test
    void a_control_is_satisfied_only_by_scenarios_that_all_passed() throws IOException {
        var passed = PlayedRun.on(24).passes("A pod").passes("A queue").known(2).record();
        var partly = PlayedRun.on(24).passes("A pod").passes("A queue").known(9).record();
        var cutShort = PlayedRun.on(24)
                .passes("A pod")
                .attached("application/vnd.openagents.cut-short+json", "{\"problem\":\"too long\"}")
                .record();
        var incomplete = PlayedRun.on(24).passes("A pod").cannotCheck("A queue").record();
        var failed = PlayedRun.on(24).cannotCheck("A pod").fails("A queue").record();

        assertThat(finding(passed)).isEqualTo("SOC2-CC7.2 satisfied pass passed, 2 observations");
        assertThat(finding(partly)).isEqualTo("SOC2-CC7.2 not-satisfied other passed, 2 observations");
        assertThat(finding(cutShort)).isEqualTo("SOC2-CC7.2 not-satisfied other passed, 1 observations");
        assertThat(finding(incomplete)).isEqualTo("SOC2-CC7.2 not-satisfied other incomplete, 2 observations");
        assertThat(finding(failed)).isEqualTo("SOC2-CC7.2 not-satisfied fail failed, 2 observations");
    }

    @Test
    void a_waived_observation_says_who_answers() throws IOException {
        var waived = result(SampleWaivers.record()).path("observations").get(0);

        assertThat(prop(waived, "verdict")).isEqualTo("waived");
        assertThat(prop(waived, "waiver-owner")).isEqualTo("j.doe");
        assertThat(prop(waived, "waiver-until")).isEqualTo("2027-01-01T00:00:00Z");
    }

    @Test
    void only_a_system_that_answered_is_operational() throws IOException {
        var components = result(SampleRecord.finished()).at("/local-definitions/components");

        assertThat(components.findValuesAsText("state")).contains("operational", "other");
        components.forEach(one -> assertThat(one.at("/status/state").asText())
                .as(one.path("title").asText())
                .isEqualTo(one.path("title").asText().equals("runner") ? "other" : "operational"));
    }

    @Test
    void every_reference_leads_somewhere() throws IOException {
        var document = document(SampleWaivers.record());
        var defined = document.findValuesAsText("uuid");

        assertThat(defined).doesNotHaveDuplicates();
        assertThat(defined)
                .containsAll(document.findValuesAsText("subject-uuid"))
                .containsAll(document.findValuesAsText("observation-uuid"))
                .contains(document.at("/assessment-results/import-ap/href")
                        .asText()
                        .substring(1));
    }

    @Test
    void the_same_record_gives_the_same_document_and_another_run_other_ids() throws IOException {
        assertThat(document(SampleRecord.finished())).isEqualTo(document(SampleRecord.finished()));
        assertThat(document(PlayedRun.on(24).passes("A pod").record()).findValuesAsText("uuid"))
                .doesNotContainAnyElementsOf(
                        document(PlayedRun.on(25).passes("A pod").record()).findValuesAsText("uuid"));
    }

    private static String record(String name) {
        return switch (name) {
            case "finished" -> SampleRecord.finished();
            case "killed" -> SampleRecord.killed();
            case "waived" -> SampleWaivers.record();
            case "without controls" ->
                new RecordMaker("2026-11-24T06:00:00Z")
                        .runFacts()
                        .feature(
                                "features/01.feature", "@section-1\nFeature: 1 Daily\nScenario: Healthy\n Given pods\n")
                        .playAll()
                        .finished();
            case "hostile" ->
                new RecordMaker("2026-11-24T06:00:00Z")
                        .runFacts("{\"runId\":\" \",\"environment\":\"a\\nb\",\"startedBy\":\"\\u001b[31m x \"}")
                        .identity("{\"system\":\"9 lives\",\"facts\":{\"image runtime\":\"a\\n b \",\"empty\":\"\"}}")
                        .attach(
                                Framework.MEDIA_TYPE,
                                "{\"frameworks\":[{\"id\":\"NIST 800\",\"controls\":[{\"id\":\"AU-6(1) \",\"statements\":[\"1.1\"]}]}]}")
                        .feature(
                                "features/01.feature",
                                "@section-1\nFeature: 1 Daily\n@statement:1.1\nScenario: \n Given pods\n")
                        .when("pods", Outcome.cannotCheck("\n\n").seeing(" \t"))
                        .playAll()
                        .finished();
            default -> "";
        };
    }

    private static String finding(String record) throws IOException {
        var findings = result(record).path("findings");
        assertThat(findings).hasSize(1);
        var finding = findings.get(0);
        return finding.at("/target/target-id").asText() + " "
                + finding.at("/target/status/state").asText() + " "
                + finding.at("/target/status/reason").asText() + " " + prop(finding, "verdict") + ", "
                + finding.path("related-observations").size() + " observations";
    }

    private static String prop(JsonNode owner, String name) {
        for (var prop : owner.path("props")) {
            if (prop.path("name").asText().equals(name)) {
                return prop.path("value").asText();
            }
        }
        return "";
    }

    private static JsonNode result(String record) throws IOException {
        return document(record).at("/assessment-results/results/0");
    }

    private static JsonNode document(String record) throws IOException {
        var out = new StringWriter();
        Oscal.write(RunRecord.read(new StringReader(record)), out);
        return JSON.readTree(out.toString());
    }

    private static Schema schema() throws IOException {
        try (var in = Optional.ofNullable(OscalTest.class.getResourceAsStream("/schema/json/oscal-ar_schema.json"))
                .orElseThrow()) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(JSON.readTree(in));
        }
    }
}
