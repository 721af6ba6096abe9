package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What every controller works with.
 *
 * @param speed how many times faster than written the periods of the controllers pass; what objects say stays as it is
 * @param log takes one line for each problem that will be tried again
 */
public record ControllerContext(
        KubernetesClient client, Informers informers, Events events, Clock clock, double speed, Consumer<String> log) {
    private static final int ATTEMPTS = 20;
    static final int HTTP_NOT_FOUND = 404;
    static final int HTTP_CONFLICT = 409;

    public Duration faster(Duration period) {
        return Duration.ofNanos(Math.max(1, Math.round(period.toNanos() / speed)));
    }

    /**
     * Writes the status of an object, reading it again when somebody else wrote in between. Nothing is written if
     * nothing changes, if the object has gone, or if it is another one of the same name by now.
     *
     * @param change makes the new object; it must not change its argument
     */
    public <T extends HasMetadata> void writeStatus(Resource<T> at, String uid, UnaryOperator<T> change) {
        write(at, uid, change, next -> client.resource(next).updateStatus());
    }

    /** As {@link #writeStatus}, for everything but the status. */
    public <T extends HasMetadata> void writeObject(Resource<T> at, String uid, UnaryOperator<T> change) {
        write(at, uid, change, next -> client.resource(next).update());
    }

    private static <T extends HasMetadata> void write(
            Resource<T> at, String uid, UnaryOperator<T> change, Consumer<T> send) {
        for (int attempt = 1; ; attempt++) {
            var now = at.get();
            if (now == null || !now.getMetadata().getUid().equals(uid)) {
                return;
            }
            var next = change.apply(now);
            if (next.equals(now)) {
                return;
            }
            try {
                send.accept(next);
                return;
            } catch (KubernetesClientException refused) {
                if (refused.getCode() == HTTP_NOT_FOUND) {
                    return;
                }
                if (refused.getCode() != HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }
}
