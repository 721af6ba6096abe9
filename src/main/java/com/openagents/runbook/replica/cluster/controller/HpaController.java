package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Scales StatefulSets by the CPU use of their pods. It looks every 15 s. */
public final class HpaController implements Controller {
    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final String CPU = "cpu resource utilization (percentage of request)";

    private final ControllerContext context;
    private final PodMetrics metrics;
    private final HpaUtilization utilization;
    private final Events.Recorder events;
    private final WorkQueue<ObjectKey> queue;
    private final Map<String, HpaBehavior> behaviors = new ConcurrentHashMap<>();

    private record Decision(int replicas, String reason) {}

    public HpaController(ControllerContext context, PodMetrics metrics) {
        this.context = context;
        this.metrics = metrics;
        this.utilization = new HpaUtilization(context.speed());
        this.events = context.events().of("horizontal-pod-autoscaler", null);
        this.queue = new WorkQueue<>("horizontal-pod-autoscaler", context.log(), this::reconcile);
        context.informers()
                .watch(
                        HorizontalPodAutoscaler.class,
                        autoscaler -> queue.addAfter(ObjectKey.of(autoscaler), context.faster(PERIOD)),
                        autoscaler -> behaviors.remove(autoscaler.getMetadata().getUid()));
    }

    private void reconcile(ObjectKey key) {
        var at = context.client()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(key.namespace())
                .withName(key.name());
        var autoscaler = at.get();
        if (autoscaler == null) {
            return;
        }
        queue.addAfter(key, context.faster(PERIOD));
        var now = context.clock().instant();
        var status = new HpaStatus(autoscaler, now);
        look(autoscaler, status, now);
        context.writeStatus(at, autoscaler.getMetadata().getUid(), status::applyTo);
    }

    private void look(HorizontalPodAutoscaler autoscaler, HpaStatus status, Instant now) {
        var target = autoscaler.getSpec().getScaleTargetRef();
        var namespace = autoscaler.getMetadata().getNamespace();
        var set = target.getKind().equals("StatefulSet")
                ? context.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName(target.getName())
                        .get()
                : null;
        if (set == null) {
            var why = "the HPA controller was unable to get the target's current scale: %s \"%s\" not found"
                    .formatted(target.getKind().toLowerCase(Locale.ROOT) + "s.apps", target.getName());
            events.warning(autoscaler, "FailedGetScale", why);
            status.condition("AbleToScale", false, "FailedGetScale", why);
            return;
        }
        status.condition(
                "AbleToScale",
                true,
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        int current = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        status.current(current);
        var behavior = behaviors.computeIfAbsent(autoscaler.getMetadata().getUid(), uid -> new HpaBehavior());
        behavior.start(current, now);
        var decision = decide(autoscaler, set, current, behavior, status, now);
        if (decision == null) {
            return;
        }
        status.desired(decision.replicas());
        if (decision.replicas() != current) {
            rescale(autoscaler, set, current, decision, behavior, status, now);
        }
    }

    /** @return null if nothing can be decided */
    private Decision decide(
            HorizontalPodAutoscaler autoscaler,
            StatefulSet set,
            int current,
            HpaBehavior behavior,
            HpaStatus status,
            Instant now) {
        int min = Objects.requireNonNullElse(autoscaler.getSpec().getMinReplicas(), 1);
        int max = autoscaler.getSpec().getMaxReplicas();
        if (current == 0 && min != 0) {
            status.condition(
                    "ScalingActive",
                    false,
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            return new Decision(0, "");
        }
        if (current > max) {
            return new Decision(max, "Current number of replicas above Spec.MaxReplicas");
        }
        if (current < min) {
            return new Decision(min, "Current number of replicas below Spec.MinReplicas");
        }
        HpaUtilization.Proposal proposal;
        try {
            proposal = measure(autoscaler, set, current, now);
        } catch (HpaUtilization.NoProposal blind) {
            status.unmeasured();
            fail(autoscaler, status, blind.getMessage());
            return null;
        }
        status.measured(proposal);
        status.condition(
                "ScalingActive",
                true,
                "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from " + CPU);
        var limited = behavior.limit(autoscaler, current, proposal.replicas(), now);
        status.limited(limited);
        var reason = proposal.replicas() > current ? CPU + " above target" : "All metrics below target";
        return new Decision(limited.replicas(), reason);
    }

    private HpaUtilization.Proposal measure(
            HorizontalPodAutoscaler autoscaler, StatefulSet set, int current, Instant now)
            throws HpaUtilization.NoProposal {
        var namespace = set.getMetadata().getNamespace();
        var selector = new LabelSelectorBuilder(set.getSpec().getSelector()).build();
        var pods = context.client().pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> Pods.matches(selector, pod))
                .toList();
        try {
            var samples = new HashMap<>(metrics.cpu(namespace));
            samples.keySet()
                    .retainAll(pods.stream()
                            .map(pod -> pod.getMetadata().getName())
                            .toList());
            return utilization.propose(current, HpaStatus.target(autoscaler), pods, samples, now);
        } catch (PodMetrics.MetricsUnavailable unavailable) {
            throw new HpaUtilization.NoProposal("unable to get metrics for resource cpu: unable to fetch metrics from"
                    + " resource metrics API: " + unavailable.getMessage());
        }
    }

    private void fail(HorizontalPodAutoscaler autoscaler, HpaStatus status, String why) {
        var what = "failed to get cpu utilization: " + why;
        events.warning(autoscaler, "FailedGetResourceMetric", what);
        events.warning(
                autoscaler,
                "FailedComputeMetricsReplicas",
                "invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: "
                        + what);
        status.condition(
                "ScalingActive",
                false,
                "FailedGetResourceMetric",
                "the HPA was unable to compute the replica count: " + what);
    }

    private void rescale(
            HorizontalPodAutoscaler autoscaler,
            StatefulSet set,
            int current,
            Decision decision,
            HpaBehavior behavior,
            HpaStatus status,
            Instant now) {
        context.writeObject(
                context.client().resource(set),
                set.getMetadata().getUid(),
                latest -> new StatefulSetBuilder(latest)
                        .editSpec()
                        .withReplicas(decision.replicas())
                        .endSpec()
                        .build());
        events.normal(
                autoscaler,
                "SuccessfulRescale",
                "New size: %d; reason: %s".formatted(decision.replicas(), decision.reason()));
        behavior.scaled(current, decision.replicas(), now);
        status.rescaled();
        status.condition(
                "AbleToScale",
                true,
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + decision.replicas());
    }

    @Override
    public void close() {
        queue.close();
    }
}
