package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.openagents.runbook.evidence.Sha256;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"finished", "killed", "waived", "empty", "remembered"})
    void keeps_to_its_schema(String name) throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(HtmlReport.resource("result.schema.json"));

        assertThat(schema.validate(JSON.readTree(text(record(name))))).isEmpty();
    }

    @Test
    void holds_each_piece_of_evidence_once_under_the_hash_of_its_bytes() throws IOException {
        var result = JSON.readTree(text(SampleRecord.finished()));

        assertThat(result.path("evidence").size()).isEqualTo(10);
        result.path("evidence")
                .properties()
                .forEach(piece -> assertThat(Sha256.of(bytes(piece.getValue()))).isEqualTo(piece.getKey()));
        var refs = result.findValuesAsText("sha256");
        assertThat(refs)
                .hasSize(13)
                .allSatisfy(
                        hash -> assertThat(result.path("evidence").has(hash)).isTrue());
    }

    @Test
    void says_the_verdict_and_the_exit_code() throws IOException {
        var result = JSON.readTree(text(SampleRecord.finished()));

        assertThat(result.path("verdict").asText()).isEqualTo("failed");
        assertThat(result.path("exitCode").asInt()).isEqualTo(1);
        assertThat(result.path("counts").path("incomplete").asInt()).isEqualTo(3);
    }

    @Test
    void names_the_waiver_of_what_is_waived_and_holds_each_waiver_once() throws IOException {
        var result = JSON.readTree(text(SampleWaivers.record()));

        assertThat(result.at("/sections/0/scenarios/0/verdict").asText()).isEqualTo("waived");
        assertThat(result.at("/sections/0/scenarios/0/waiver").asText()).isEqualTo("W1");
        assertThat(result.at("/sections/0/scenarios/1/waiver").isNull()).isTrue();
        assertThat(result.path("waivers").findValuesAsText("id")).containsExactly("W1", "W2", "W3", "W4", "W5");
        assertThat(result.path("waivers").findValuesAsText("state"))
                .containsExactly("waived", "waived", "stale", "expired", "not yet valid");
        assertThat(result.at("/waivers/0/until").asText()).isEqualTo("2027-01-01T00:00:00Z");
    }

    @Test
    void keeps_the_controls_of_each_scenario_and_the_mapping_itself() throws IOException {
        var result = JSON.readTree(text(SampleWaivers.record()));

        assertThat(result.at("/sections/0/scenarios/0/controls/0").asText()).isEqualTo("SOC2-A1.1");
        assertThat(result.at("/frameworks/0/controls/1/known").asInt()).isEqualTo(9);
    }

    @Test
    void says_what_changed_since_the_runs_before() throws IOException {
        var changes = JSON.readTree(text(SampleHistory.record())).path("changes");

        assertThat(changes).hasSize(6);
        assertThat(changes.get(1).toString())
                .isEqualTo("{\"kind\":\"still failing\",\"id\":\"1-broken-since-the-23rd\","
                        + "\"sinceRun\":\"20261123T060000Z\",\"since\":\"2026-11-23T06:00:00Z\",\"runs\":3}");
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String record(String name) {
        return switch (name) {
            case "finished" -> SampleRecord.finished();
            case "killed" -> SampleRecord.killed();
            case "waived" -> SampleWaivers.record();
            case "remembered" -> SampleHistory.record();
            default -> "";
        };
    }

    private static String text(String record) throws IOException {
        var out = new StringWriter();
        ResultJson.write(RunRecord.read(new StringReader(record)), out);
        return out.toString();
    }
}
