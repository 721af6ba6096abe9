package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/** What stands between a well-formed object and the store: namespaces, service accounts, quotas. */
final class Admission {

    private static final String ACCOUNT_FILES = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final List<String> NODE_TROUBLE =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    private final Store store;
    private final Metadata metadata;
    private final Quotas quotas;

    Admission(Store store, Metadata metadata, Quotas quotas) {
        this.store = store;
        this.metadata = metadata;
        this.quotas = quotas;
    }

    void beforeCreate(Call call, ObjectNode object) {
        if (!call.type().namespaced()) {
            return;
        }
        var name = call.info().namespace();
        var namespace = store.get(ResourceTypes.NAMESPACES, "", name);
        if (namespace == null) {
            throw Statuses.notFound(ResourceTypes.NAMESPACES, name);
        }
        if (Json.has(namespace, "metadata.deletionTimestamp")) {
            throw terminating(call, object, name);
        }
        if (call.type() == ResourceTypes.PODS) {
            pod(object, name);
        }
    }

    private static ApiError terminating(Call call, ObjectNode object, String namespace) {
        var refusal = Statuses.forbidden(
                call.type(),
                Json.name(object),
                "unable to create new content in namespace %s because it is being terminated".formatted(namespace));
        ((ObjectNode) refusal.status().get("details"))
                .putArray("causes")
                .addObject()
                .put("reason", "NamespaceTerminating")
                .put("message", "namespace %s is being terminated".formatted(namespace))
                .put("field", "metadata.namespace");
        return refusal;
    }

    private void pod(ObjectNode pod, String namespace) {
        var spec = Json.child(pod, "spec");
        Json.putDefault(spec, "serviceAccountName", "default");
        spec.set("serviceAccount", spec.get("serviceAccountName"));
        var account = spec.path("serviceAccountName").asText();
        var found = store.get(ResourceTypes.SERVICE_ACCOUNTS, namespace, account);
        if (found == null) {
            throw Statuses.forbidden(
                    ResourceTypes.PODS,
                    Json.name(pod),
                    "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                            .formatted(namespace, account, account));
        }
        Json.putDefault(spec, "priority", 0);
        Json.putDefault(spec, "preemptionPolicy", "PreemptLowerPriority");
        tolerateNodeTrouble(spec);
        var mounts = spec.has("automountServiceAccountToken") ? spec : found;
        if (mounts.path("automountServiceAccountToken").asBoolean(true)) {
            mountToken(spec);
        }
    }

    private static void tolerateNodeTrouble(ObjectNode spec) {
        var tolerations = spec.withArray("/tolerations");
        for (var key : NODE_TROUBLE) {
            var there = Json.items(tolerations).stream()
                    .anyMatch(toleration -> Json.text(toleration, "key").equals(key));
            if (!there) {
                tolerations
                        .addObject()
                        .put("key", key)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", 300);
            }
        }
    }

    /** The token volume every container gets unless it mounts something there itself. */
    private static void mountToken(ObjectNode spec) {
        var volume = "kube-api-access-" + Metadata.suffix();
        var used = false;
        for (var list : List.of("initContainers", "containers")) {
            for (var container : spec.path(list)) {
                var mounts = ((ObjectNode) container).withArray("/volumeMounts");
                if (Json.items(mounts).stream()
                        .noneMatch(mount -> Json.text(mount, "mountPath").equals(ACCOUNT_FILES))) {
                    mounts.addObject().put("name", volume).put("readOnly", true).put("mountPath", ACCOUNT_FILES);
                    used = true;
                }
            }
        }
        if (used) {
            tokenVolume(spec.withArray("/volumes").addObject(), volume);
        }
    }

    private static void tokenVolume(ObjectNode volume, String name) {
        var projected = volume.put("name", name).putObject("projected");
        var sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", 3607)
                .put("path", "token");
        var certificates = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        certificates.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        var namespace =
                sources.addObject().putObject("downwardAPI").putArray("items").addObject();
        namespace.put("path", "namespace");
        namespace.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", 420);
    }

    void beforeStore(Call call, ObjectNode object) {
        if (call.type().namespaced()) {
            quotas.requireRoom(call.type(), object);
        }
    }

    void afterCreate(ResourceType type, ObjectNode object) {
        if (type == ResourceTypes.NAMESPACES) {
            defaultAccount(Json.name(object));
        }
    }

    /** What the service account controller does in a real cluster. */
    void defaultAccount(String namespace) {
        var account = Json.object().put("kind", "ServiceAccount").put("apiVersion", "v1");
        account.putObject("metadata")
                .put("name", "default")
                .put("namespace", namespace)
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", metadata.now());
        store.put(ResourceTypes.SERVICE_ACCOUNTS, account);
    }
}
