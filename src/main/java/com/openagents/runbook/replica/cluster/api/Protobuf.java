package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Reads the small protobuf messages that kubectl sends even to a server that answers in JSON: access reviews, tokens,
 * evictions, and the kinds {@code kubectl create} makes without a file. Other kinds are refused as an unknown format.
 */
final class Protobuf {

    static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    /** A field of a message; the type is a scalar word, {@code map}, or the name of a message, with {@code []} for lists. */
    private record Field(String name, String type) {}

    private static final Map<String, Map<Integer, Field>> MESSAGES = Map.ofEntries(
            message("TypeMeta", "1 apiVersion string", "2 kind string"),
            message("Unknown", "1 typeMeta TypeMeta", "2 raw bytes"),
            message(
                    "ObjectMeta",
                    "1 name string",
                    "2 generateName string",
                    "3 namespace string",
                    "5 uid string",
                    "6 resourceVersion string",
                    "11 labels map",
                    "12 annotations map",
                    "14 finalizers []string"),
            message("SelfSubjectAccessReview", "1 metadata ObjectMeta", "2 spec AccessSpec"),
            message("AccessSpec", "1 resourceAttributes ResourceAttributes", "2 nonResourceAttributes PathAttributes"),
            message(
                    "ResourceAttributes",
                    "1 namespace string",
                    "2 verb string",
                    "3 group string",
                    "4 version string",
                    "5 resource string",
                    "6 subresource string",
                    "7 name string"),
            message("PathAttributes", "1 path string", "2 verb string"),
            message("SelfSubjectRulesReview", "1 metadata ObjectMeta", "2 spec RulesSpec"),
            message("SelfSubjectReview", "1 metadata ObjectMeta"),
            message("RulesSpec", "1 namespace string"),
            message("TokenRequest", "1 metadata ObjectMeta", "2 spec TokenSpec"),
            message("TokenSpec", "1 audiences []string", "4 expirationSeconds int"),
            message("Eviction", "1 metadata ObjectMeta", "2 deleteOptions DeleteOptions"),
            message(
                    "DeleteOptions",
                    "1 gracePeriodSeconds int",
                    "2 preconditions Preconditions",
                    "3 orphanDependents bool",
                    "4 propagationPolicy string",
                    "5 dryRun []string"),
            message("Preconditions", "1 uid string", "2 resourceVersion string"),
            message("ConfigMap", "1 metadata ObjectMeta", "2 data map", "3 binaryData bytemap", "4 immutable bool"),
            message(
                    "Secret",
                    "1 metadata ObjectMeta",
                    "2 data bytemap",
                    "3 type string",
                    "4 stringData map",
                    "5 immutable bool"),
            message("Namespace", "1 metadata ObjectMeta"),
            message("ServiceAccount", "1 metadata ObjectMeta", "4 automountServiceAccountToken bool"),
            message("MapEntry", "1 key string", "2 value string"),
            message("ByteMapEntry", "1 key string", "2 value bytes"));

    private Protobuf() {}

    private static Map.Entry<String, Map<Integer, Field>> message(String name, String... fields) {
        var known = new java.util.HashMap<Integer, Field>();
        for (var field : fields) {
            var words = field.split(" ");
            known.put(Integer.valueOf(words[0]), new Field(words[1], words[2]));
        }
        return Map.entry(name, Map.copyOf(known));
    }

    static ObjectNode read(byte[] body) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (body.length <= i || body[i] != MAGIC[i]) {
                throw Statuses.badRequest("the body is not a Kubernetes protobuf message");
            }
        }
        var envelope = message(ByteBuffer.wrap(body, MAGIC.length, body.length - MAGIC.length), "Unknown");
        var kind = Json.text(envelope, "typeMeta.kind");
        if (!MESSAGES.containsKey(kind)) {
            throw Statuses.unsupportedMediaType("application/json, application/yaml");
        }
        var raw = Base64.getDecoder().decode(Json.text(envelope, "raw"));
        var object = Json.object().put("kind", kind).put("apiVersion", Json.text(envelope, "typeMeta.apiVersion"));
        object.setAll(message(ByteBuffer.wrap(raw), kind));
        return object;
    }

    private static ObjectNode message(ByteBuffer bytes, String name) {
        var object = Json.object();
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            var tag = varint(bytes);
            var field = MESSAGES.get(name).get((int) (tag >>> 3));
            switch ((int) (tag & 7)) {
                case 0 -> number(object, field, varint(bytes));
                case 1 -> bytes.getLong();
                case 2 -> {
                    var length = (int) varint(bytes);
                    var part = bytes.slice(bytes.position(), length);
                    bytes.position(bytes.position() + length);
                    if (field != null) {
                        put(object, field, part);
                    }
                }
                default -> bytes.getInt();
            }
        }
        return object;
    }

    private static void number(ObjectNode object, Field field, long value) {
        if (field != null && field.type().equals("bool")) {
            object.put(field.name(), value != 0);
        } else if (field != null) {
            object.put(field.name(), value);
        }
    }

    private static void put(ObjectNode object, Field field, ByteBuffer part) {
        switch (field.type()) {
            case "string" -> {
                // Empty strings stand for absent ones in this encoding.
                var text = text(part);
                if (!text.isEmpty()) {
                    object.put(field.name(), text);
                }
            }
            case "bytes" -> object.put(field.name(), base64(part));
            case "[]string" -> object.withArray("/" + field.name()).add(text(part));
            case "map", "bytemap" -> {
                var entry = message(part, field.type().equals("map") ? "MapEntry" : "ByteMapEntry");
                Json.child(object, field.name()).put(Json.text(entry, "key"), Json.text(entry, "value"));
            }
            default -> {
                var inner = message(part, field.type());
                object.set(field.name(), inner);
            }
        }
    }

    private static String text(ByteBuffer part) {
        return StandardCharsets.UTF_8.decode(part).toString();
    }

    private static String base64(ByteBuffer part) {
        var copy = new byte[part.remaining()];
        part.get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            var next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
