package com.openagents.runbook.replica.cluster.faults;

import com.openagents.runbook.replica.cluster.ClusterReplica;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;

/** What can go wrong around a rollout while every pod is healthy. */
final class RolloutFaults {
    private static final int MORE_THAN_THERE_ARE = 3;

    private RolloutFaults() {}

    static List<Fault<ClusterReplica>> all() {
        return List.of(mixedImages(), rolloutStuck(), endpointMissing(), budgetUnmet());
    }

    private static Fault<ClusterReplica> mixedImages() {
        return new ClusterFault(
                "mixed-images",
                "A partitioned rolling update was left behind: runtime-1 has another image than runtime-0. Both are ready.",
                "runtime pods run 2 different images",
                objects -> {
                    var cluster = objects.cluster();
                    var other = ClusterReplica.IMAGE + "-canary";
                    cluster.images().add(other, cluster.options().images().get(ClusterReplica.IMAGE));
                    objects.editSet(set -> set.editSpec()
                            .editUpdateStrategy()
                            .withType("RollingUpdate")
                            .editOrNewRollingUpdate()
                            .withPartition(1)
                            .endRollingUpdate()
                            .endUpdateStrategy()
                            .editTemplate()
                            .editSpec()
                            .editFirstContainer()
                            .withImage(other)
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec());
                    objects.await("the other image", () -> objects.isCalm() && images(objects) == 2);
                    objects.runGate();
                },
                objects -> objects.isCalm() && images(objects) == 2);
    }

    private static long images(Objects objects) {
        return objects.pods().stream()
                .map(pod -> pod.getSpec().getContainers().get(0).getImage())
                .distinct()
                .count();
    }

    private static Fault<ClusterReplica> rolloutStuck() {
        return new ClusterFault(
                "rollout-stuck",
                "The update strategy OnDelete was left behind, and the template has changed since: the new revision is in no"
                        + " pod, though all are healthy and the gate has passed.",
                "the newest revision of the StatefulSet is not rolled out",
                objects -> {
                    objects.editSet(set -> set.editSpec()
                            .withNewUpdateStrategy()
                            .withType("OnDelete")
                            .endUpdateStrategy()
                            .editTemplate()
                            .editOrNewMetadata()
                            .addToAnnotations("openagents.io/change", "raise-pool-size")
                            .endMetadata()
                            .endTemplate()
                            .endSpec());
                    objects.await("a new revision", () -> isBehind(objects));
                    objects.runGate();
                },
                objects -> objects.isCalm() && isBehind(objects));
    }

    private static boolean isBehind(Objects objects) {
        var status = objects.set().getStatus();
        return !status.getUpdateRevision().equals(status.getCurrentRevision());
    }

    private static Fault<ClusterReplica> endpointMissing() {
        return new ClusterFault(
                "endpoint-missing",
                "The selector of Service runtime was narrowed to runtime-0: the ready runtime-1 gets no requests.",
                "1 of 2 ready runtime pods is an endpoint of Service runtime",
                objects -> Objects.edit(
                        objects.cluster()
                                .client()
                                .services()
                                .inNamespace(objects.namespace())
                                .withName(Objects.RUNTIME),
                        service -> new ServiceBuilder(service)
                                .editSpec()
                                .addToSelector("statefulset.kubernetes.io/pod-name", "runtime-0")
                                .endSpec()
                                .build()),
                objects -> objects.isCalm() && readyEndpoints(objects) == 1);
    }

    private static long readyEndpoints(Objects objects) {
        return objects
                .cluster()
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(objects.namespace())
                .withLabel("kubernetes.io/service-name", Objects.RUNTIME)
                .list()
                .getItems()
                .stream()
                .filter(slice -> slice.getEndpoints() != null)
                .flatMap(slice -> slice.getEndpoints().stream())
                .map(Endpoint::getConditions)
                .filter(conditions -> Boolean.TRUE.equals(conditions.getReady()))
                .count();
    }

    private static Fault<ClusterReplica> budgetUnmet() {
        return new ClusterFault(
                "budget-unmet",
                "The disruption budget wants 3 pods available where there are 2, so no pod may ever be evicted.",
                "the disruption budget is not met: 2 healthy, 3 wanted",
                objects -> Objects.edit(
                        budgets(objects),
                        budget -> new PodDisruptionBudgetBuilder(budget)
                                .editSpec()
                                .withNewMinAvailable(MORE_THAN_THERE_ARE)
                                .endSpec()
                                .build()),
                objects -> {
                    var status = budgets(objects).get().getStatus();
                    return status.getDesiredHealthy() == MORE_THAN_THERE_ARE
                            && status.getCurrentHealthy() < MORE_THAN_THERE_ARE
                            && status.getDisruptionsAllowed() == 0;
                });
    }

    private static Resource<PodDisruptionBudget> budgets(Objects objects) {
        return objects.cluster()
                .client()
                .policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(objects.namespace())
                .withName(Objects.RUNTIME);
    }
}
