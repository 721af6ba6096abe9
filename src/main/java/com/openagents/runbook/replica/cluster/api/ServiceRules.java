package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Services, with addresses from one range. */
final class ServiceRules implements KindRules {

    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> AFFINITIES = List.of("ClientIP", "None");
    private static final int HOSTS = 253;

    private final String prefix;
    private final AtomicInteger next = new AtomicInteger(1);

    ServiceRules(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public void setDefaults(ObjectNode service) {
        var spec = Json.child(service, "spec");
        Json.putDefault(spec, "type", "ClusterIP");
        Json.putDefault(spec, "sessionAffinity", "None");
        spec.path("ports").forEach(port -> {
            Json.putDefault((ObjectNode) port, "protocol", "TCP");
            if (!port.has("targetPort")) {
                ((ObjectNode) port).set("targetPort", port.path("port"));
            }
        });
        if (!Json.text(spec, "type").equals("ExternalName")) {
            if (!spec.has("ipFamilies")) {
                spec.putArray("ipFamilies").add("IPv4");
            }
            Json.putDefault(spec, "ipFamilyPolicy", "SingleStack");
            Json.putDefault(spec, "internalTrafficPolicy", "Cluster");
        }
        if (service.has("status")) {
            Json.child(Json.child(service, "status"), "loadBalancer");
        }
    }

    @Override
    public void prepareCreate(ObjectNode service) {
        service.putObject("status").putObject("loadBalancer");
        var spec = Json.child(service, "spec");
        if (Json.text(spec, "type").equals("ExternalName")) {
            return;
        }
        if (Json.text(spec, "clusterIP").isEmpty()) {
            spec.put("clusterIP", "%s.%d".formatted(prefix, next.getAndIncrement() % HOSTS + 1));
        }
        if (!spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(spec.path("clusterIP").asText());
        }
    }

    @Override
    public void prepareUpdate(ObjectNode updated, ObjectNode old) {
        var spec = Json.child(updated, "spec");
        var before = old.path("spec");
        if (Json.text(spec, "clusterIP").isEmpty() && before.has("clusterIP")) {
            spec.set("clusterIP", before.get("clusterIP"));
        }
        if (!spec.has("clusterIPs") && spec.has("clusterIP")) {
            spec.putArray("clusterIPs").add(spec.get("clusterIP"));
        }
    }

    @Override
    public void validate(ObjectNode service, Causes causes) {
        var spec = service.path("spec");
        var type = Json.text(spec, "type");
        var headless = Json.text(spec, "clusterIP").equals("None");
        if (spec.path("ports").isEmpty() && !headless && !type.equals("ExternalName")) {
            causes.required("spec.ports", "");
        }
        ports(spec.path("ports"), causes);
        var affinity = Json.text(spec, "sessionAffinity");
        if (!AFFINITIES.contains(affinity)) {
            causes.notSupported("spec.sessionAffinity", affinity, AFFINITIES);
        }
        if (!TYPES.contains(type)) {
            causes.notSupported("spec.type", type, TYPES);
        }
    }

    private static void ports(JsonNode ports, Causes causes) {
        for (int i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            var at = "spec.ports[" + i + "]";
            if (ports.size() > 1 && Json.text(port, "name").isEmpty()) {
                causes.required(at + ".name", "");
            }
            PodSpecCheck.port(port, "port", at, causes);
            var protocol = Json.text(port, "protocol");
            if (!PodSpecCheck.PROTOCOLS.contains(protocol)) {
                causes.notSupported(at + ".protocol", protocol, PodSpecCheck.PROTOCOLS);
            }
            if (port.path("targetPort").isInt()) {
                PodSpecCheck.port(port, "targetPort", at, causes);
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode old, Causes causes) {
        var now = updated.path("spec").path("clusterIPs");
        if (old.path("spec").has("clusterIPs") && !now.equals(old.path("spec").path("clusterIPs"))) {
            causes.invalid("spec.clusterIPs[0]", now, "may not change once set");
        }
    }
}
