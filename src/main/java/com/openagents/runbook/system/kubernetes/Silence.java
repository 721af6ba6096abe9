package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.CouldNotCheck;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What all who ask one API server share: once it did not answer, nobody waits for it again for a while, so that a run against
 * a cluster that is gone ends in bounded time.
 */
public final class Silence {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final String server;
    private final String namespace;
    private final ServerClock clock;
    private volatile CouldNotCheck reason;
    private long since;

    public Silence(KubernetesClient client, String namespace) {
        this.server = client.getConfiguration().getMasterUrl();
        this.namespace = namespace;
        this.clock = new ServerClock(client, InstantSource.system());
    }

    /**
     * @param need the permission that the question needs, for example {@code list pods}
     * @throws CouldNotCheck if the server does not answer or refuses, or has another time than this machine
     */
    public <T> T ask(String need, Supplier<T> question) {
        if (lasts()) {
            throw reason;
        }
        try {
            var answer = question.get();
            clock.check();
            return answer;
        } catch (KubernetesClientException e) {
            var refusal = KubernetesRefusal.reason(server, namespace, need, e);
            notice(e, refusal);
            throw refusal;
        }
    }

    /** What the server would say to a question that needs this permission. */
    public CouldNotCheck forbidden(String need) {
        var refusal = new KubernetesClientException("forbidden", HttpURLConnection.HTTP_FORBIDDEN, null);
        return KubernetesRefusal.reason(server, namespace, need, refusal);
    }

    /** The answer, or its status in words; nobody needs it enough to be told more. */
    public String fact(Supplier<String> question, UnaryOperator<String> unknown) {
        if (lasts()) {
            return unknown.apply("no answer");
        }
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            notice(e, KubernetesRefusal.reason(server, namespace, "", e));
            return unknown.apply(e.getCode() <= 0 ? "no answer" : "answer " + e.getCode());
        }
    }

    private synchronized boolean lasts() {
        return reason != null && System.nanoTime() - since < REMEMBERED.toNanos();
    }

    private synchronized void notice(KubernetesClientException problem, CouldNotCheck refusal) {
        // Whoever is told to end did not wait for the answer, which says nothing of the server.
        if (KubernetesRefusal.isSilence(problem) && !Thread.currentThread().isInterrupted()) {
            reason = refusal;
            since = System.nanoTime();
        }
    }
}
