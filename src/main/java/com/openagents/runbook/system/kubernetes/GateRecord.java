package com.openagents.runbook.system.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openagents.runbook.evidence.CouldNotCheck;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How one Job of the post-deploy gate ended, kept in a ConfigMap because the Job itself is removed half an hour later
 * (contract 18, A8).
 *
 * @param reason of a failure, empty otherwise
 * @param command what its container ran, its words divided by spaces
 * @param log the last lines that its pod wrote, without secrets
 */
public record GateRecord(
        String job,
        String image,
        boolean complete,
        String reason,
        String command,
        String startedAt,
        String finishedAt,
        String log) {
    /** The ConfigMap. */
    public static final String NAME = "runbook-gate";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param job as it is after its end
     * @param redaction masks secrets in what is kept
     */
    public static GateRecord of(
            Job job, String image, boolean complete, String reason, String log, UnaryOperator<String> redaction) {
        var container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
        var status = Optional.ofNullable(job.getStatus());
        return new GateRecord(
                job.getMetadata().getName(),
                image,
                complete,
                redaction.apply(reason),
                redaction.apply(String.join(" ", container.getCommand())),
                status.map(found -> found.getStartTime()).orElse(""),
                status.map(found -> found.getCompletionTime())
                        .orElseGet(() -> Instant.now().toString()),
                redaction.apply(log));
    }

    public String words() {
        return job + (complete ? " is complete" : " failed: " + reason);
    }

    /** Puts the records down; those of Jobs that were not run this time are taken away, for they tell of another image. */
    public static void keep(KubernetesClient client, String namespace, List<GateRecord> runs) {
        var data = new HashMap<String, String>();
        runs.forEach(run -> data.put(run.job, run.json()));
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .addToLabels("app.kubernetes.io/managed-by", "openagents-runbook")
                        .endMetadata()
                        .withData(data)
                        .build())
                .createOr(existing -> existing.update());
    }

    /** What is on record of a Job. */
    static Optional<GateRecord> find(KubernetesClient client, String namespace, String job) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(NAME)
                        .get())
                .map(map -> Optional.ofNullable(map.getData()).orElse(Map.of()).get(job))
                .map(GateRecord::parse);
    }

    private String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of the gate is not writable as JSON", e);
        }
    }

    private static GateRecord parse(String json) {
        try {
            return JSON.readValue(json, GateRecord.class);
        } catch (JsonProcessingException e) {
            throw new CouldNotCheck(
                    "ConfigMap " + NAME + " holds no record of the gate: delete it, and run ./runbook gate again");
        }
    }
}
