package com.openagents.runbook.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cucumber.java.Scenario;
import java.util.Optional;

/** Attaches what is seen to the step of the scenario that saw it. One for each scenario. */
public final class ScenarioEvidence implements EvidenceLog {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Redactor redactor;
    private Scenario scenario;
    private volatile Evidence newest;

    public ScenarioEvidence(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Called once by a hook, before the first step. */
    public void belongsTo(Scenario started) {
        scenario = started;
    }

    @Override
    public void saw(Evidence evidence) {
        newest = evidence;
        attach(evidence, Evidence.MEDIA_TYPE);
    }

    /** What was looked at because of a finding, after it. */
    public void sawAfterwards(Evidence evidence) {
        attach(evidence, Evidence.AFTERWARDS_MEDIA_TYPE);
    }

    /** What a step saw last. */
    public Optional<Evidence> newest() {
        return Optional.ofNullable(newest);
    }

    private void attach(Evidence evidence, String mediaType) {
        try {
            scenario.attach(
                    redactor.redact(JSON.writeValueAsString(evidence)), mediaType, redactor.redact(evidence.title()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("evidence is not writable as JSON", e);
        }
    }

    @Override
    public void hide(String secret) {
        redactor.hide(secret);
    }
}
