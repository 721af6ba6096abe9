package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts in the status of each ResourceQuota what is used; of the resources that quotas know, only pods. */
public final class QuotaController implements Controller {
    private final ControllerContext context;
    private final WorkQueue<ObjectKey> queue;

    public QuotaController(ControllerContext context) {
        this.context = context;
        this.queue = new WorkQueue<>("resourcequota-controller", context.log(), this::reconcile);
        context.informers().watch(ResourceQuota.class, quota -> queue.add(ObjectKey.of(quota)));
        context.informers()
                .watch(
                        Pod.class,
                        pod -> context.informers()
                                .list(ResourceQuota.class, pod.getMetadata().getNamespace())
                                .forEach(quota -> queue.add(ObjectKey.of(quota))));
    }

    private void reconcile(ObjectKey key) {
        var at = context.client().resourceQuotas().inNamespace(key.namespace()).withName(key.name());
        var quota = at.get();
        if (quota == null) {
            return;
        }
        var pods = context.client().pods().inNamespace(key.namespace()).list().getItems();
        context.writeStatus(at, quota.getMetadata().getUid(), now -> withStatus(now, pods));
    }

    private static ResourceQuota withStatus(ResourceQuota quota, List<Pod> pods) {
        var used = new TreeMap<String, Quantity>();
        for (var resource : quota.getSpec().getHard().keySet()) {
            if (resource.equals("pods")) {
                used.put(
                        resource,
                        new Quantity(String.valueOf(pods.stream()
                                .filter(pod -> !Pods.isFinished(pod))
                                .count())));
            } else if (resource.equals("count/pods")) {
                used.put(resource, new Quantity(String.valueOf(pods.size())));
            }
        }
        return new ResourceQuotaBuilder(quota)
                .editOrNewStatus()
                .withHard(Map.copyOf(quota.getSpec().getHard()))
                .withUsed(used)
                .endStatus()
                .build();
    }

    @Override
    public void close() {
        queue.close();
    }
}
