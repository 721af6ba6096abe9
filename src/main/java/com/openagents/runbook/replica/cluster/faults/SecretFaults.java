package com.openagents.runbook.replica.cluster.faults;

import static com.openagents.runbook.replica.cluster.faults.Objects.SECOND_POD;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** What can be wrong with the runtime's secrets and with who has which of them. */
final class SecretFaults {
    private static final String SECRET = "runtime-secrets";
    private static final String KEY_BASE = "SECRET_KEY_BASE";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private SecretFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(
                keyMissing(),
                keyEmpty(),
                syncKeyWithoutId(),
                plainValue(),
                plainValueInJob(),
                podsOlder(),
                gateOlder(),
                staleOnOnePod(
                        "signature-secret-stale-on-one-pod",
                        "runtime-1 still has another signature secret than the Secret.",
                        "RUNTIME_SIGNATURE_SECRET"),
                staleOnOnePod(
                        "sync-key-stale-on-one-pod",
                        "runtime-1 still has another sync key than the Secret.",
                        "OA_SYNC_TOKEN_SIGNING_KEY"));
    }

    private static Fault<ClusterReplica> keyMissing() {
        return new ClusterFault(
                "secret-key-missing",
                "SECRET_KEY_BASE was taken out of the Secret; the pods run on with what they read at their start.",
                "SECRET_KEY_BASE is missing",
                objects -> edit(objects, secret -> secret.removeFromData(KEY_BASE)),
                objects -> !secret(objects).get().getData().containsKey(KEY_BASE));
    }

    private static Fault<ClusterReplica> keyEmpty() {
        return new ClusterFault(
                "secret-key-empty",
                "SECRET_KEY_BASE in the Secret holds nothing.",
                "SECRET_KEY_BASE is empty",
                objects -> edit(objects, secret -> secret.addToData(KEY_BASE, "")),
                objects -> secret(objects).get().getData().get(KEY_BASE).isEmpty());
    }

    private static Fault<ClusterReplica> syncKeyWithoutId() {
        return new ClusterFault(
                "sync-key-without-id",
                "The id of the sync key was taken out of the Secret, pods were replaced and the gate was run: the pods"
                        + " trust the key of the source code (contract 18.1, A11).",
                "the sync key has no id",
                objects -> {
                    edit(objects, secret -> secret.removeFromData("OA_SYNC_TOKEN_KEY_ID"));
                    objects.cluster().replacePods(LIMIT, waitedFor -> {});
                    objects.runGate();
                },
                Objects::isCalm);
    }

    private static Fault<ClusterReplica> plainValue() {
        return new ClusterFault(
                "secret-as-plain-value",
                "The StatefulSet has SECRET_KEY_BASE as a plain value; it was rolled out and the gate has passed.",
                "SECRET_KEY_BASE is a plain value",
                objects -> {
                    objects.editSet(set -> set.editSpec()
                            .editTemplate()
                            .editSpec()
                            .editFirstContainer()
                            .removeMatchingFromEnv(variable -> KEY_BASE.equals(variable.getName()))
                            .addToEnv(new EnvVar(KEY_BASE, "only-a-stand-in-of-sufficient-length-for-a-key", null))
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec());
                    objects.await("the plain value to be rolled out", objects::isRolledOut);
                    objects.runGate();
                },
                Objects::isRolledOut);
    }

    private static Fault<ClusterReplica> plainValueInJob() {
        return new ClusterFault(
                "secret-as-plain-value-in-job",
                "The smoke Job was run with SECRET_KEY_BASE as a plain value.",
                "SECRET_KEY_BASE is a plain value in job/runtime-smoke",
                objects -> GateJobs.again(objects, "runtime-smoke", container -> {
                    container.removeMatchingFromEnv(variable -> KEY_BASE.equals(variable.getName()));
                    return container.addToEnv(new EnvVarBuilder()
                            .withName(KEY_BASE)
                            .withValue("only-a-stand-in-of-sufficient-length-for-a-key")
                            .build());
                }),
                objects -> GateJobs.isComplete(objects, "runtime-smoke"));
    }

    private static Fault<ClusterReplica> podsOlder() {
        return new ClusterFault(
                "pods-older-than-secret",
                "The Secret changed after the pods started; only the gate was run again.",
                "2 of 2 pods have older secrets",
                objects -> {
                    touchLater(objects);
                    objects.runGate();
                },
                Objects::isCalm);
    }

    private static Fault<ClusterReplica> gateOlder() {
        return new ClusterFault(
                "gate-older-than-secret",
                "The Secret changed and the pods were replaced, but the gate was not run again.",
                "the secrets changed later than the smoke run",
                objects -> {
                    touchLater(objects);
                    objects.cluster().replacePods(LIMIT, waitedFor -> {});
                },
                Objects::isCalm);
    }

    /** Kubernetes keeps whole seconds: a change is later only in a later one. */
    private static void touchLater(Objects objects) {
        var now = Instant.now().plusSeconds(1).getEpochSecond();
        Awaitility.await("the next second")
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .until(() -> Instant.now().getEpochSecond() > now);
        edit(objects, secret -> secret.addToData("ROTATED", "MQ=="));
    }

    private static Fault<ClusterReplica> staleOnOnePod(String id, String description, String variable) {
        return new ClusterFault(
                id,
                description,
                "1 of 2 pods does not accept what the Secret says",
                objects -> {
                    var before =
                            objects.pod(SECOND_POD).orElseThrow().getMetadata().getUid();
                    objects.cluster().dials().addVariables(Map.of(variable, "what-was-there-before-the-rotation"));
                    objects.deletePod(SECOND_POD);
                    objects.await(
                            "the successor of " + SECOND_POD,
                            () -> objects.pod(SECOND_POD)
                                            .filter(pod ->
                                                    !pod.getMetadata().getUid().equals(before))
                                            .isPresent()
                                    && objects.isReady(SECOND_POD));
                    objects.cluster().dials().removeVariables(Set.of(variable));
                },
                Objects::isCalm);
    }

    private static void edit(Objects objects, UnaryOperator<SecretBuilder> change) {
        Objects.edit(
                secret(objects), found -> change.apply(new SecretBuilder(found)).build());
    }

    private static Resource<Secret> secret(Objects objects) {
        return objects.cluster()
                .client()
                .secrets()
                .inNamespace(objects.namespace())
                .withName(SECRET);
    }
}
