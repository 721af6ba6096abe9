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
    @ValueSource(strings = {"finished", "killed", "empty"})
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
            default -> "";
        };
    }

    private static String text(String record) throws IOException {
        var out = new StringWriter();
        ResultJson.write(RunRecord.read(new StringReader(record)), out);
        return out.toString();
    }
}
