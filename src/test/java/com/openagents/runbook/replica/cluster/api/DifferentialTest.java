package com.openagents.runbook.replica.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.openagents.runbook.replica.cluster.api.Conversation.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same requests to a real API server and to ours. What the real one answered is recorded; with
 * {@code RUNBOOK_REAL_KUBECONFIG} set it is asked again, and with {@code -Drecord=true} recorded anew. It must run for
 * ten minutes before: one that has never compacted its store does not know that a version is too old.
 */
class DifferentialTest {

    private static final String REAL = "RUNBOOK_REAL_KUBECONFIG";
    private static final Path RECORDING =
            Path.of("src/test/resources/com/openagents/runbook/replica/cluster/api/recorded.json");
    private static final Path SCHEMA =
            Path.of("src/main/resources/com/openagents/runbook/replica/cluster/api/schema.json");
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** @param kubernetes the version of the server that answered */
    record Recording(String kubernetes, Map<String, List<Answer>> answers) {}

    /** A difference that stays. @param where a regular expression, found in the line of the difference */
    record Known(String where, String why) {}

    @Test
    void our_answers_are_those_of_the_recorded_server() throws IOException {
        compare(MAPPER.readValue(RECORDING.toFile(), Recording.class).answers());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = REAL, matches = ".+")
    void our_answers_are_those_of_the_real_server() throws IOException {
        compare(ask(realSpeaker()));
    }

    @Test
    @EnabledIfSystemProperty(named = "record", matches = "true")
    @EnabledIfEnvironmentVariable(named = REAL, matches = ".+")
    void record() throws IOException {
        var real = realSpeaker();
        var version =
                real.hold(versionQuestion()).get(0).body().path("gitVersion").asText();
        var answers = ask(real);
        var text = new StringBuilder("{\"kubernetes\":\"" + version + "\",\"answers\":{\n");
        var cases = new ArrayList<String>();
        for (var entry : answers.entrySet()) {
            var lines = new ArrayList<String>();
            for (var answer : entry.getValue()) {
                lines.add(MAPPER.writeValueAsString(answer));
            }
            cases.add(MAPPER.writeValueAsString(entry.getKey()) + ":[\n" + String.join(",\n", lines) + "]");
        }
        Files.writeString(RECORDING, text + String.join(",\n", cases) + "\n}}\n");
        assertThat(answers).isNotEmpty();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = REAL, matches = ".+")
    void the_schema_is_that_of_the_real_server() throws IOException {
        var real = realSpeaker();
        var version =
                real.hold(versionQuestion()).get(0).body().path("gitVersion").asText();
        var schema = new SchemaRecorder(real.get("/openapi/v2")).record(version);
        if (Boolean.getBoolean("record")) {
            Files.writeString(SCHEMA, schema);
        }
        assertThat(MAPPER.readTree(Files.readString(SCHEMA))).isEqualTo(MAPPER.readTree(schema));
    }

    private static Conversation versionQuestion() {
        return new Conversation(
                "version",
                List.of(new Conversation.Step(
                        "GET /version",
                        null,
                        null,
                        null,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        List.of("/gitVersion"),
                        null,
                        false)));
    }

    private static void compare(Map<String, List<Answer>> real) throws IOException {
        try (var server = ApiServer.start(ApiServerOptions.defaults())) {
            var speaker = new Speaker(server.kubeconfig("default", "replica"), false);
            var lines = new ArrayList<String>();
            for (var conversation : Conversation.all()) {
                lines.addAll(Differences.between(
                        conversation, real.getOrDefault(conversation.name(), List.of()), speaker.hold(conversation)));
            }
            var known = known();
            assertThat(lines)
                    .as("differences without a reason in differences.yaml")
                    .filteredOn(line -> known.stream().noneMatch(one -> matches(one, line)))
                    .isEmpty();
            assertThat(known)
                    .as("entries of differences.yaml that no longer differ")
                    .filteredOn(one -> lines.stream().noneMatch(line -> matches(one, line)))
                    .isEmpty();
        }
    }

    private static boolean matches(Known known, String line) {
        return Pattern.compile(known.where()).matcher(line).find();
    }

    private static List<Known> known() throws IOException {
        try (var file = DifferentialTest.class.getResourceAsStream("differences.yaml")) {
            return new YAMLMapper().readValue(file, new TypeReference<>() {});
        }
    }

    private static Map<String, List<Answer>> ask(Speaker speaker) {
        Map<String, List<Answer>> answers = new LinkedHashMap<>();
        Conversation.all().forEach(conversation -> answers.put(conversation.name(), speaker.hold(conversation)));
        return answers;
    }

    private static Speaker realSpeaker() throws IOException {
        return new Speaker(Files.readString(Path.of(System.getenv(REAL))), true);
    }
}
