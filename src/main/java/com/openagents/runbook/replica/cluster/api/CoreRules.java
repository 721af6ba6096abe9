package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Small kinds with few rules of their own. */
final class CoreRules {

    private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]+");

    private CoreRules() {}

    /** Config maps and secrets: keys are well formed, and data marked immutable stays. */
    static final class Data implements KindRules {

        private final boolean secret;

        Data(boolean secret) {
            this.secret = secret;
        }

        @Override
        public void setDefaults(ObjectNode object) {
            if (!secret) {
                return;
            }
            Json.putDefault(object, "type", "Opaque");
            if (object.remove("stringData") instanceof ObjectNode plain) {
                var data = Json.child(object, "data");
                plain.properties()
                        .forEach(entry -> data.put(
                                entry.getKey(),
                                Base64.getEncoder()
                                        .encodeToString(
                                                entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
            }
        }

        @Override
        public void validate(ObjectNode object, Causes causes) {
            for (var field : List.of("data", "binaryData")) {
                for (var key : Json.strings(object.path(field)).keySet()) {
                    if (!DATA_KEY.matcher(key).matches()) {
                        causes.invalid(
                                field + "[" + key + "]",
                                key,
                                "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
                                        + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
                                        + " '[-._a-zA-Z0-9]+')");
                    }
                }
            }
        }

        @Override
        public void validateUpdate(ObjectNode updated, ObjectNode old, Causes causes) {
            if (secret && !updated.path("type").equals(old.path("type"))) {
                causes.invalid("type", updated.path("type"), "field is immutable");
            }
            if (!old.path("immutable").asBoolean()) {
                return;
            }
            var why = "field is immutable when `immutable` is set";
            if (!updated.path("immutable").asBoolean()) {
                causes.forbidden("immutable", why);
            }
            for (var field : List.of("data", "binaryData")) {
                if (!updated.path(field).equals(old.path(field))) {
                    causes.forbidden(field, why);
                }
            }
        }
    }

    static final class Namespace implements KindRules {
        @Override
        public void setDefaults(ObjectNode namespace) {
            var name = Json.name(namespace);
            Json.child(Json.meta(namespace), "labels").put("kubernetes.io/metadata.name", name);
        }

        @Override
        public void prepareCreate(ObjectNode namespace) {
            Json.child(Json.meta(namespace), "labels").put("kubernetes.io/metadata.name", Json.name(namespace));
            Json.child(namespace, "spec").putArray("finalizers").add("kubernetes");
            namespace.putObject("status").put("phase", "Active");
        }
    }

    static final class Event implements KindRules {
        @Override
        public void setDefaults(ObjectNode event) {
            for (var time : List.of("firstTimestamp", "lastTimestamp", "eventTime")) {
                if (!event.has(time)) {
                    event.putNull(time);
                }
            }
            Json.child(event, "source");
            Json.child(event, "involvedObject");
            for (var text : List.of("reportingComponent", "reportingInstance")) {
                if (!event.has(text)) {
                    event.put(text, "");
                }
            }
        }

        @Override
        public void validate(ObjectNode event, Causes causes) {
            var about = Json.text(event, "involvedObject.namespace");
            var clusterWide = about.isEmpty() && Json.namespace(event).equals("default");
            if (!about.equals(Json.namespace(event)) && !clusterWide) {
                causes.invalid("involvedObject.namespace", about, "does not match event.namespace");
            }
        }
    }

    static final class Revision implements KindRules {
        @Override
        public void validate(ObjectNode revision, Causes causes) {
            if (!revision.has("data")) {
                causes.required("data", "data is mandatory");
            }
            if (revision.path("revision").asLong() < 0) {
                causes.invalid("revision", revision.get("revision"), "must be greater than or equal to 0");
            }
        }

        @Override
        public void setDefaults(ObjectNode revision) {
            Json.putDefault(revision, "revision", 0);
        }

        @Override
        public void validateUpdate(ObjectNode updated, ObjectNode old, Causes causes) {
            if (!updated.path("data").equals(old.path("data"))) {
                causes.invalid("data", updated.path("data"), "field is immutable");
            }
        }
    }

    static final class Claim implements KindRules {
        @Override
        public void setDefaults(ObjectNode claim) {
            Json.putDefault(Json.child(claim, "spec"), "volumeMode", "Filesystem");
        }

        @Override
        public void prepareCreate(ObjectNode claim) {
            claim.putObject("status").put("phase", "Pending");
        }

        @Override
        public void validate(ObjectNode claim, Causes causes) {
            if (Json.at(claim, "spec.accessModes").isEmpty()) {
                causes.required("spec.accessModes", "at least 1 access mode is required");
            }
            if (!Json.has(claim, "spec.resources.requests.storage")) {
                causes.required("spec.resources[storage]", "");
            }
        }
    }

    static final class Lease implements KindRules {
        @Override
        public boolean needsVersion() {
            return true;
        }

        @Override
        public void validate(ObjectNode lease, Causes causes) {
            var seconds = lease.path("spec").path("leaseDurationSeconds");
            if (seconds.isInt() && seconds.asInt() <= 0) {
                causes.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
            }
        }
    }

    static final class Slice implements KindRules {
        @Override
        public boolean countsGenerations() {
            return true;
        }

        @Override
        public void setDefaults(ObjectNode slice) {
            slice.path("endpoints").forEach(endpoint -> Json.child((ObjectNode) endpoint, "conditions"));
            slice.path("ports").forEach(port -> {
                Json.putDefault((ObjectNode) port, "protocol", "TCP");
                if (!port.has("name")) {
                    ((ObjectNode) port).put("name", "");
                }
            });
        }

        @Override
        public void validate(ObjectNode slice, Causes causes) {
            if (Json.text(slice, "addressType").isEmpty()) {
                causes.required("addressType", "");
            }
        }
    }
}
