package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Asks the API server, turns its refusals into reasons, and puts down what it answered. */
final class Reads {
    private final String server;
    private final Kubectl kubectl;
    private final EvidenceLog evidence;

    private final Silence silence;
    private final SharedReads shared;

    Reads(KubernetesClient client, Kubectl kubectl, Silence silence, SharedReads shared, EvidenceLog evidence) {
        this.silence = silence;
        this.shared = shared;
        this.server = client.getConfiguration().getMasterUrl();
        this.kubectl = kubectl;
        this.evidence = evidence;
    }

    Kubectl kubectl() {
        return kubectl;
    }

    /**
     * @param need the permission that the question needs, for example {@code list pods}
     * @throws CouldNotCheck if the server does not answer or refuses
     */
    <T> T ask(String need, Supplier<T> question) {
        return silence.ask(need, question);
    }

    /** The answer that others have got just now, if it may be shared, or a new one. */
    <T> Seen<T> seen(String what, Supplier<Seen<T>> question) {
        return shared.get(what, question);
    }

    /** An answer with the resource version of what it was read from, empty if there is none. */
    record Seen<T>(T what, String version) {}

    void saw(
            String title,
            String arguments,
            List<Map<String, String>> rows,
            String heldAgainst,
            Instant at,
            String resourceVersion) {
        var context = Map.of("server", server, "namespace", kubectl.namespace(), "resource version", resourceVersion);
        evidence.saw(new Evidence(title, "kubernetes", kubectl.command(arguments), rows, heldAgainst, at, context));
    }

    /** From now on this value appears nowhere. */
    void hide(String secret) {
        evidence.hide(secret);
    }

    static String version(HasMetadata object) {
        var version = object.getMetadata().getResourceVersion();
        return version == null ? "" : version;
    }
}
