package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Comparator;
import java.util.List;

/** Keeps an EndpointSlice and the older Endpoints object for each Service that selects pods. */
public final class EndpointsController implements Controller {
    private final ControllerContext context;
    private final WorkQueue<ObjectKey> queue;

    public EndpointsController(ControllerContext context) {
        this.context = context;
        this.queue = new WorkQueue<>("endpoint-controller", context.log(), this::reconcile);
        context.informers().watch(Service.class, service -> queue.add(ObjectKey.of(service)));
        context.informers().watch(Pod.class, this::podChanged);
    }

    private void podChanged(Pod pod) {
        context.informers()
                .list(Service.class, pod.getMetadata().getNamespace())
                .forEach(service -> queue.add(ObjectKey.of(service)));
    }

    private void reconcile(ObjectKey key) {
        var client = context.client();
        var service = client.services()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        var endpointsAt = client.endpoints().inNamespace(key.namespace()).withName(key.name());
        if (service == null) {
            endpointsAt.delete();
            return;
        }
        var selector = service.getSpec().getSelector();
        if (selector == null || selector.isEmpty()) {
            return;
        }
        var pods = client.pods().inNamespace(key.namespace()).list().getItems().stream()
                .filter(pod -> Pods.labels(pod).entrySet().containsAll(selector.entrySet()))
                .filter(pod -> !Pods.isFinished(pod) && pod.getStatus().getPodIP() != null)
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
        var backends = new ServiceBackends(service, pods);
        writeSlice(service, backends);
        writeEndpoints(service, backends);
    }

    private void writeSlice(Service service, ServiceBackends backends) {
        var client = context.client();
        var metadata = service.getMetadata();
        List<EndpointSlice> there = client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(metadata.getNamespace())
                .withLabel(ServiceBackends.SERVICE_NAME, metadata.getName())
                .list()
                .getItems();
        if (there.isEmpty()) {
            client.resource(backends.slice(null)).create();
            return;
        }
        var slice = there.get(0);
        context.writeObject(client.resource(slice), slice.getMetadata().getUid(), backends::slice);
    }

    private void writeEndpoints(Service service, ServiceBackends backends) {
        var client = context.client();
        var metadata = service.getMetadata();
        Endpoints there = client.endpoints()
                .inNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .get();
        if (there == null) {
            client.resource(backends.endpoints(null)).create();
            return;
        }
        context.writeObject(client.resource(there), there.getMetadata().getUid(), backends::endpoints);
    }

    @Override
    public void close() {
        queue.close();
    }
}
