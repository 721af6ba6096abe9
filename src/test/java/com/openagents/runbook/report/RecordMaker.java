package com.openagents.runbook.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.evidence.Evidence;
import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.ndjson.Serializer;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.AttachmentContentEncoding;
import io.cucumber.messages.types.Duration;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Exception;
import io.cucumber.messages.types.Meta;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.Product;
import io.cucumber.messages.types.TestCase;
import io.cucumber.messages.types.TestCaseFinished;
import io.cucumber.messages.types.TestCaseStarted;
import io.cucumber.messages.types.TestRunFinished;
import io.cucumber.messages.types.TestRunStarted;
import io.cucumber.messages.types.TestStep;
import io.cucumber.messages.types.TestStepFinished;
import io.cucumber.messages.types.TestStepResult;
import io.cucumber.messages.types.TestStepStarted;
import io.cucumber.messages.types.Timestamp;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays a run without running anything: real feature text goes through the real parser, each step does what it is told
 * by its text, and the messages come out as the engine would write them. Time stands still but for the steps.
 */
final class RecordMaker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringWriter record = new StringWriter();
    private final Serializer serializer = new Serializer();
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    private final List<Pickle> pickles = new ArrayList<>();
    private Instant now;
    private int nextId;

    RecordMaker(String start) {
        now = Instant.parse(start);
        write(Envelope.of(new Meta(
                "30.1.0",
                new Product("cucumber-jvm", "7.34.3"),
                new Product("OpenJDK 64-Bit Server VM", "17.0.15"),
                new Product("Linux", "6.1"),
                new Product("amd64", null),
                null)));
        write(Envelope.of(new TestRunStarted(timestamp(), null)));
    }

    RecordMaker runFacts(String json) {
        return attach(RunFacts.MEDIA_TYPE, json);
    }

    /** Facts that only say where: enough for tests of something else. */
    RecordMaker runFacts() {
        return runFacts("{\"runId\":\"r1\",\"environment\":\"embedded\",\"kind\":\"embedded\",\"mode\":\"run\"}");
    }

    RecordMaker identity(String json) {
        return attach(Identity.MEDIA_TYPE, json);
    }

    RecordMaker phase(String name, int millis) {
        return attach(Phase.MEDIA_TYPE, "{\"phase\":\"" + name + "\",\"millis\":" + millis + "}");
    }

    RecordMaker attach(String mediaType, String body) {
        return write(Envelope.of(attachment(mediaType, body, null, null)));
    }

    /** What steps of this text do. */
    RecordMaker when(String step, Outcome outcome) {
        outcomes.put(step, outcome);
        return this;
    }

    RecordMaker feature(String uri, String text) {
        GherkinParser.builder()
                .idGenerator(this::id)
                .build()
                .parse(uri, text.getBytes(StandardCharsets.UTF_8))
                .forEach(envelope -> {
                    write(envelope);
                    envelope.getPickle().ifPresent(pickles::add);
                });
        return this;
    }

    RecordMaker playAll() {
        pickles.forEach(this::play);
        return this;
    }

    /** Plays one scenario. */
    RecordMaker play(String name) {
        pickles.stream().filter(pickle -> pickle.getName().equals(name)).forEach(this::play);
        return this;
    }

    RecordMaker write(Envelope envelope) {
        try {
            serializer.writeValue(record, envelope);
            record.write('\n');
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record so far, as a killed run leaves it. */
    String killed() {
        return record.toString();
    }

    /** The record of a run that came to its end. */
    String finished() {
        return write(Envelope.of(new TestRunFinished(null, true, timestamp(), null, null)))
                .killed();
    }

    Instant now() {
        return now;
    }

    private void play(Pickle pickle) {
        var steps = new ArrayList<TestStep>();
        pickle.getSteps().forEach(step -> steps.add(new TestStep(null, id(), step.getId(), List.of(), List.of())));
        var testCase = new TestCase(id(), pickle.getId(), steps, null);
        write(Envelope.of(testCase));
        var startedId = id();
        write(Envelope.of(new TestCaseStarted(0L, startedId, testCase.getId(), "main", timestamp())));
        boolean going = true;
        for (int i = 0; i < steps.size(); i++) {
            var outcome = outcomes.getOrDefault(pickle.getSteps().get(i).getText(), Outcome.passes());
            going = step(startedId, steps.get(i).getId(), going ? outcome : Outcome.notReached());
        }
        write(Envelope.of(new TestCaseFinished(startedId, timestamp(), false)));
    }

    private boolean step(String startedId, String stepId, Outcome outcome) {
        write(Envelope.of(new TestStepStarted(startedId, stepId, timestamp())));
        var before = now;
        now = now.plusMillis(outcome.millis());
        outcome.evidence()
                .forEach(evidence -> write(Envelope.of(
                        attachment(Evidence.MEDIA_TYPE, evidence.replace("@at@", now.toString()), startedId, stepId))));
        var took = java.time.Duration.between(before, now);
        var exception = outcome.type().isEmpty()
                ? null
                : new Exception(
                        outcome.type(), outcome.message(), outcome.type() + ": " + outcome.message() + outcome.stack());
        var result = new TestStepResult(
                new Duration(took.getSeconds(), (long) took.getNano()), null, outcome.status(), exception);
        write(Envelope.of(new TestStepFinished(startedId, stepId, result, timestamp())));
        return outcome.goesOn();
    }

    private static Attachment attachment(String mediaType, String body, String startedId, String stepId) {
        return new Attachment(
                body,
                AttachmentContentEncoding.IDENTITY,
                null,
                mediaType,
                null,
                startedId,
                stepId,
                null,
                null,
                null,
                null);
    }

    private Timestamp timestamp() {
        return new Timestamp(now.getEpochSecond(), (long) now.getNano());
    }

    private String id() {
        return "id-" + nextId++;
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
