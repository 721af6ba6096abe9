package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an object the way typed decoding does: fields of the wrong type are refused, unknown ones dropped and named,
 * nulls and empty maps left out, quantities written in their canonical form.
 */
final class SchemaCheck {

    private final List<String> unknown = new ArrayList<>();

    /** The cleaned object; what is of the wrong type throws {@link WrongType}. */
    ObjectNode clean(ObjectNode object, Schema.Type type) {
        return object(object, type, "", "");
    }

    /** Paths of the fields the kind does not have. */
    List<String> unknown() {
        return unknown;
    }

    /** A field holds a value of another type; the message is the decoder's. */
    static final class WrongType extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongType(String message) {
            super(message, null, false, false);
        }
    }

    private ObjectNode object(ObjectNode object, Schema.Type type, String path, String goPath) {
        var clean = Json.object();
        for (var entry : object.properties()) {
            var name = entry.getKey();
            var here = join(path, name);
            var field = type.field(name);
            if (field.isEmpty()) {
                unknown.add(here);
            } else if (!entry.getValue().isNull()) {
                var goField = goPath.isEmpty() ? name : goPath + "." + name;
                var value = value(entry.getValue(), field.get(), type, here, goField);
                if (!(isOmittedWhenEmpty(field.get()) && value.isEmpty())) {
                    clean.set(name, value);
                }
            }
        }
        return clean;
    }

    private static boolean isOmittedWhenEmpty(Schema.Field field) {
        return field.isMap() || (field.isList() && field.merges());
    }

    private JsonNode value(JsonNode value, Schema.Field field, Schema.Type owner, String path, String goPath) {
        var object = field.object();
        if (object.isPresent()) {
            if (!(value instanceof ObjectNode node)) {
                throw wrong(value, owner, goPath, object.get().goName());
            }
            return object(node, object.get(), path, goPath);
        }
        if (field.isList()) {
            return list(value, field, owner, path, goPath);
        }
        if (field.isMap()) {
            return map(value, field, owner, path, goPath);
        }
        return scalar(value, field.scalar(), owner, goPath);
    }

    private JsonNode list(JsonNode value, Schema.Field field, Schema.Type owner, String path, String goPath) {
        if (!(value instanceof ArrayNode array)) {
            throw wrong(value, owner, goPath, "[]" + goName(field.element()));
        }
        var clean = Json.array();
        for (int i = 0; i < array.size(); i++) {
            clean.add(value(array.get(i), field.element(), owner, path + "[" + i + "]", goPath));
        }
        return clean;
    }

    private JsonNode map(JsonNode value, Schema.Field field, Schema.Type owner, String path, String goPath) {
        if (!(value instanceof ObjectNode object)) {
            throw wrong(value, owner, goPath, "map[string]" + goName(field.element()));
        }
        var clean = Json.object();
        for (var entry : object.properties()) {
            var element = entry.getValue();
            clean.set(
                    entry.getKey(),
                    element.isNull() && field.element().scalar().equals("string")
                            ? TextNode.valueOf("")
                            : value(element, field.element(), owner, path + "." + entry.getKey(), goPath));
        }
        return clean;
    }

    private static JsonNode scalar(JsonNode value, String word, Schema.Type owner, String goPath) {
        var fits = switch (word) {
            case "string", "time" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "int32", "int64" -> value.isIntegralNumber();
            case "number", "double" -> value.isNumber();
            case "int-or-string" -> value.isIntegralNumber() || value.isTextual();
            default -> true;
        };
        if (!fits) {
            throw wrong(value, owner, goPath, goScalar(word));
        }
        if (word.equals("quantity")) {
            return TextNode.valueOf(Quantity.canonical(value.asText()));
        }
        if (word.equals("bytes")) {
            requireBase64(value.asText());
        }
        return value;
    }

    private static void requireBase64(String text) {
        try {
            java.util.Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            int at = 0;
            while (at < text.length() && text.substring(at, at + 1).matches("[A-Za-z0-9+/=]")) {
                at++;
            }
            throw new WrongType("illegal base64 data at input byte " + at);
        }
    }

    private static WrongType wrong(JsonNode value, Schema.Type owner, String goPath, String wanted) {
        var seen = value.isTextual()
                ? "string"
                : value.isNumber() ? "number" : value.isBoolean() ? "bool" : value.isArray() ? "array" : "object";
        return new WrongType("json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                .formatted(seen, owner.shortName(), goPath, wanted));
    }

    private static String goName(Schema.Field field) {
        return field.object().map(Schema.Type::goName).orElseGet(() -> goScalar(field.scalar()));
    }

    private static String goScalar(String word) {
        return switch (word) {
            case "boolean" -> "bool";
            case "number", "double" -> "float64";
            case "bytes" -> "[]uint8";
            default -> word;
        };
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
