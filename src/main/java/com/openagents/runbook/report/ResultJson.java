package com.openagents.runbook.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.openagents.runbook.report.history.Change;
import com.openagents.runbook.report.history.Changes;
import io.cucumber.messages.types.TestStepResultStatus;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The results for programs, as {@code result.schema.json} describes them: the records of this package under their own
 * names, durations in milliseconds, times in UTC, each piece of evidence once under its hash.
 */
final class ResultJson {
    private static final int VERSION = 1;

    private ResultJson() {}

    /** Writes the results; the writer stays open. */
    static void write(Run run, Writer out) throws IOException {
        var factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (var json = factory.createGenerator(out)) {
            json.setCodec(mapper());
            json.setPrettyPrinter(PrettyJson.printer());
            write(run, json);
            json.writeRaw('\n');
        }
    }

    private static void write(Run run, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeStringField("verdict", run.verdict().word());
        json.writeNumberField("exitCode", run.verdict().exitCode());
        json.writePOJOField("counts", run.tally());
        json.writePOJOField("run", run.facts());
        json.writeBooleanField("finished", run.finished());
        json.writePOJOField("from", run.started());
        json.writePOJOField("to", run.ended());
        json.writeStringField("recordSha256", run.recordSha256());
        json.writePOJOField("identities", run.identities());
        json.writePOJOField("phases", run.phases());
        json.writePOJOField("problems", run.problems());
        json.writePOJOField("waivers", run.waivers());
        json.writePOJOField("frameworks", run.frameworks());
        if (!run.merged().parts().isEmpty()) {
            json.writePOJOField("merged", run.merged());
        }
        if (!run.earlier().runs().isEmpty()) {
            json.writePOJOField("changes", Changes.of(run).all());
        }
        json.writeArrayFieldStart("sections");
        for (var section : run.sections()) {
            json.writeStartObject();
            json.writeStringField("id", section.id());
            json.writeStringField("title", section.title());
            json.writePOJOField("counts", section.tally());
            json.writePOJOField("scenarios", section.scenarios());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("evidence");
        for (var hash : run.evidence().hashes()) {
            json.writePOJOField(hash, run.evidence().json(hash));
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static ObjectMapper mapper() {
        return new ObjectMapper()
                .registerModule(new SimpleModule()
                        .addSerializer(Duration.class, as((took, json) -> json.writeNumber(took.toMillis())))
                        .addSerializer(Instant.class, as((at, json) -> json.writeString(at.toString())))
                        .addSerializer(Optional.class, as(ResultJson::optional))
                        .addSerializer(Verdict.class, as((verdict, json) -> json.writeString(verdict.word())))
                        .addSerializer(WaiverUse.State.class, as((state, json) -> json.writeString(state.word())))
                        .addSerializer(TestStepResultStatus.class, as((status, json) -> json.writeString(word(status))))
                        .addSerializer(Change.class, as(ResultJson::change))
                        .addSerializer(Tally.class, as(ResultJson::counts)));
    }

    private static void optional(Optional<?> value, JsonGenerator json) throws IOException {
        json.writePOJO(value.orElse(null));
    }

    private static void change(Change change, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", change.kind().word());
        json.writeStringField("id", change.scenario().id());
        json.writeStringField("sinceRun", change.sinceRun());
        json.writeStringField("since", change.since().toString());
        json.writeNumberField("runs", change.runs());
        json.writeEndObject();
    }

    private static void counts(Tally tally, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (var verdict : Verdict.values()) {
            json.writeNumberField(verdict.word(), tally.of(verdict));
        }
        json.writeEndObject();
    }

    private static String word(TestStepResultStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    @FunctionalInterface
    private interface Form<T> {
        void write(T value, JsonGenerator json) throws IOException;
    }

    private static <T> JsonSerializer<T> as(Form<T> form) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
                form.write(value, json);
            }
        };
    }
}
