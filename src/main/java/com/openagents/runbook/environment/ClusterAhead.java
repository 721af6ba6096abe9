package com.openagents.runbook.environment;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The client of an environment's cluster, made while something else goes on. */
final class ClusterAhead {
    private final EnvironmentFile file;
    private final AtomicReference<Aside<KubernetesAccess>> begun = new AtomicReference<>();

    ClusterAhead(EnvironmentFile file) {
        this.file = file;
    }

    /** Begins, where there is a cluster that exists already. */
    void begin() {
        if (file.hasCluster()) {
            var reading = new KubernetesSerialization();
            begun.set(new Aside<>(() -> KubernetesAccess.open(file.systems().kubernetes(), reading)));
            // Whoever reads an object that is not known by then makes what reads it, or waits for it.
            new Aside<>(() -> KubernetesAccess.warmedUp(reading));
        }
    }

    /**
     * The client, which whoever takes it closes; made now if it was not begun.
     *
     * @throws EnvironmentProblem as {@link KubernetesAccess#open}
     */
    KubernetesAccess take() {
        return Optional.ofNullable(begun.getAndSet(null))
                .map(Aside::get)
                .orElseGet(() -> KubernetesAccess.open(file.systems().kubernetes()));
    }

    /** Closes a client that was begun and that nobody took. */
    void leave() {
        var left = begun.getAndSet(null);
        if (left != null) {
            try {
                left.get().close();
            } catch (RuntimeException neverMade) {
                // Nobody asks for it any more.
            }
        }
    }
}
