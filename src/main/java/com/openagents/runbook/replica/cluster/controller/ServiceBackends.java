package com.openagents.runbook.replica.cluster.controller;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pods behind a Service, in the two forms the API has for them.
 *
 * @param pods those the selector chooses, that have an address and have not finished
 */
record ServiceBackends(Service service, List<Pod> pods) {
    static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String HEADLESS = "service.kubernetes.io/headless";

    EndpointSlice slice(EndpointSlice before) {
        var labels = labels(Map.of(
                SERVICE_NAME,
                service.getMetadata().getName(),
                "endpointslice.kubernetes.io/managed-by",
                "endpointslice-controller.k8s.io"));
        var builder = before == null ? new EndpointSliceBuilder() : new EndpointSliceBuilder(before);
        return builder.editOrNewMetadata()
                .withNamespace(service.getMetadata().getNamespace())
                .withGenerateName(service.getMetadata().getName() + "-")
                .withLabels(labels)
                .withOwnerReferences(Pods.ownedBy(service))
                .endMetadata()
                .withAddressType("IPv4")
                .withEndpoints(pods.stream().map(this::endpoint).toList())
                .withPorts(ports().entrySet().stream()
                        .map(port -> new io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder()
                                .withName(
                                        Objects.requireNonNullElse(port.getKey().getName(), ""))
                                .withPort(port.getValue())
                                .withProtocol(port.getKey().getProtocol())
                                .build())
                        .toList())
                .build();
    }

    Endpoints endpoints(Endpoints before) {
        var builder = before == null ? new EndpointsBuilder() : new EndpointsBuilder(before);
        return builder.editOrNewMetadata()
                .withName(service.getMetadata().getName())
                .withNamespace(service.getMetadata().getNamespace())
                .withLabels(labels(Map.of("endpoints.kubernetes.io/managed-by", "endpoint-controller")))
                .endMetadata()
                .withSubsets(subsets())
                .build();
    }

    private Endpoint endpoint(Pod pod) {
        boolean serving = Pods.isReady(pod);
        boolean terminating = Pods.isTerminating(pod);
        return new EndpointBuilder()
                .withAddresses(pod.getStatus().getPodIP())
                .withNewConditions()
                .withReady(publishesAll() || serving && !terminating)
                .withServing(serving)
                .withTerminating(terminating)
                .endConditions()
                .withHostname(hostname(pod))
                .withNodeName(pod.getSpec().getNodeName())
                .withTargetRef(reference(pod))
                .build();
    }

    private List<EndpointSubset> subsets() {
        var shown = pods.stream()
                .filter(pod -> publishesAll() || !Pods.isTerminating(pod))
                .toList();
        if (shown.isEmpty()) {
            return List.of();
        }
        return List.of(new EndpointSubsetBuilder()
                .withAddresses(addresses(shown, true))
                .withNotReadyAddresses(addresses(shown, false))
                .withPorts(
                        ports().entrySet().stream().map(ServiceBackends::port).toList())
                .build());
    }

    private List<EndpointAddress> addresses(List<Pod> shown, boolean ready) {
        return shown.stream()
                .filter(pod -> (publishesAll() || Pods.isReady(pod)) == ready)
                .map(pod -> new EndpointAddressBuilder()
                        .withIp(pod.getStatus().getPodIP())
                        .withHostname(hostname(pod))
                        .withNodeName(pod.getSpec().getNodeName())
                        .withTargetRef(reference(pod))
                        .build())
                .toList();
    }

    private static EndpointPort port(Map.Entry<ServicePort, Integer> port) {
        return new EndpointPortBuilder()
                .withName(port.getKey().getName())
                .withPort(port.getValue())
                .withProtocol(port.getKey().getProtocol())
                .build();
    }

    /** Each port of the Service with the number it has in the pods; ports that no pod has are left out. */
    private Map<ServicePort, Integer> ports() {
        var found = new LinkedHashMap<ServicePort, Integer>();
        for (var port : service.getSpec().getPorts()) {
            var target = port.getTargetPort();
            if (pods.isEmpty()) {
                continue;
            }
            if (target == null || target.getIntVal() != null && target.getIntVal() != 0) {
                found.put(port, target == null ? port.getPort() : target.getIntVal());
            } else {
                named(target.getStrVal()).ifPresent(number -> found.put(port, number));
            }
        }
        return found;
    }

    private Optional<Integer> named(String name) {
        return pods.stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> name.equals(port.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }

    private Map<String, String> labels(Map<String, String> own) {
        var labels = new TreeMap<>(Pods.labels(service));
        labels.putAll(own);
        if ("None".equals(service.getSpec().getClusterIP())) {
            labels.put(HEADLESS, "");
        }
        return labels;
    }

    private boolean publishesAll() {
        return Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
    }

    private String hostname(Pod pod) {
        var own = service.getMetadata().getName().equals(pod.getSpec().getSubdomain());
        return own ? pod.getSpec().getHostname() : null;
    }

    private static ObjectReference reference(Pod pod) {
        return new ObjectReferenceBuilder()
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .build();
    }
}
