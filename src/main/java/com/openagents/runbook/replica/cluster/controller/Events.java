package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Writes core/v1 events as client-go does: an event that was written before, for the same object with the same words,
 * is counted up instead of written again. Events are written in the background and in order; losing one is no error.
 */
public final class Events implements AutoCloseable {
    private static final int REMEMBERED = 1024;

    private final KubernetesClient client;
    private final Clock clock;
    private final Consumer<String> log;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(Threads.daemon("events"));
    private final Map<Said, Event> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Said, Event> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Said(String component, String uid, String fieldPath, String type, String reason, String message) {}

    public Events(KubernetesClient client, Clock clock, Consumer<String> log) {
        this.client = client;
        this.clock = clock;
        this.log = log;
    }

    /** A voice that signs events with the name of one component. */
    public Recorder of(String component, String host) {
        return new Recorder(component, host);
    }

    /** Writes events about objects in the name of one component. */
    public final class Recorder {
        private final String component;
        private final String host;

        private Recorder(String component, String host) {
            this.component = component;
            this.host = host;
        }

        public void normal(HasMetadata about, String reason, String message) {
            record(about, null, "Normal", reason, message);
        }

        public void warning(HasMetadata about, String reason, String message) {
            record(about, null, "Warning", reason, message);
        }

        /** @param fieldPath the part of the object that is meant, for example {@code spec.containers{runtime}} */
        public void record(HasMetadata about, String fieldPath, String type, String reason, String message) {
            var object = reference(about, fieldPath);
            var said = new Said(component, object.getUid(), fieldPath, type, reason, message);
            try {
                writer.execute(() -> write(said, object, host));
            } catch (RejectedExecutionException closed) {
                log.accept("event after the end: " + message);
            }
        }
    }

    private void write(Said said, ObjectReference object, String host) {
        try {
            var before = written.get(said);
            var after = before == null ? create(said, object, host) : countUp(before);
            written.put(said, after);
        } catch (KubernetesClientException refused) {
            written.remove(said);
            log.accept("event " + said.reason() + " of " + object.getName() + ": " + refused.getMessage());
        } catch (RuntimeException closing) {
            log.accept("event " + said.reason() + ": " + closing);
        }
    }

    private Event create(Said said, ObjectReference object, String host) {
        var now = clock.instant();
        var nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        var namespace = object.getNamespace() == null ? "default" : object.getNamespace();
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(object.getName() + "." + Long.toHexString(nanos))
                .withNamespace(namespace)
                .endMetadata()
                .withInvolvedObject(object)
                .withType(said.type())
                .withReason(said.reason())
                .withMessage(said.message())
                .withCount(1)
                .withFirstTimestamp(Pods.time(now))
                .withLastTimestamp(Pods.time(now))
                .withNewSource()
                .withComponent(said.component())
                .withHost(host)
                .endSource()
                .withReportingComponent(said.component())
                .withReportingInstance(host == null ? "" : host)
                .build();
        return client.v1().events().inNamespace(namespace).resource(event).create();
    }

    private Event countUp(Event before) {
        var metadata = before.getMetadata();
        return client.v1()
                .events()
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .edit(event -> new EventBuilder(event)
                        .withCount(event.getCount() + 1)
                        .withLastTimestamp(Pods.time(clock.instant()))
                        .build());
    }

    private static ObjectReference reference(HasMetadata about, String fieldPath) {
        var metadata = about.getMetadata();
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withFieldPath(fieldPath)
                .build();
    }

    @Override
    public void close() {
        writer.shutdownNow();
    }
}
