package com.openagents.runbook.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The journal in the namespace of the drill, so that another machine can take the changes back. */
final class JournalMap {
    /** The ConfigMap; there is one drill at a time in a namespace, and so one journal. */
    static final String NAME = "runbook-undo-journal";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String RUN = "run";

    private final KubernetesClient client;
    private final String namespace;

    JournalMap(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The run whose journal is there. */
    Optional<String> run() {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(NAME)
                        .get())
                .map(map -> map.getData().getOrDefault(RUN, ""));
    }

    void begin(String runId) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .addToLabels("app.kubernetes.io/managed-by", "openagents-runbook")
                        .endMetadata()
                        .addToData(RUN, runId)
                        .build())
                .create();
    }

    void write(JournalEntry entry) {
        patch(entry.number(), entry.json());
    }

    void undone(int number) {
        patch(number, null);
    }

    private void patch(int number, String value) {
        try {
            var change = Map.of("data", Collections.singletonMap(key(number), value));
            client.configMaps()
                    .inNamespace(namespace)
                    .withName(NAME)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), JSON.writeValueAsString(change));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of the journal is not writable as JSON", e);
        }
    }

    /** What was not taken back yet, by number. */
    Map<Integer, JournalEntry> open() {
        var open = new TreeMap<Integer, JournalEntry>();
        Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace)
                        .withName(NAME)
                        .get())
                .map(map -> map.getData())
                .orElse(Map.of())
                .forEach((key, value) -> {
                    if (!key.equals(RUN)) {
                        var entry = JournalEntry.parse(value);
                        open.put(entry.number(), entry);
                    }
                });
        return open;
    }

    void end() {
        client.configMaps().inNamespace(namespace).withName(NAME).delete();
    }

    private static String key(int number) {
        return "%04d".formatted(number);
    }
}
