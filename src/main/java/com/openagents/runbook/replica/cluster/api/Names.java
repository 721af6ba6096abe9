package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether names, labels and the rest of the metadata are well formed. */
final class Names {

    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_FORM = LABEL_FORM + "(\\." + LABEL_FORM + ")*";
    private static final String SERVICE_FORM = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String NAME_PART_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String VALUE_FORM = "(" + NAME_PART_FORM + ")?";
    private static final Pattern IS_LABEL = Pattern.compile(LABEL_FORM);
    private static final Pattern IS_SUBDOMAIN = Pattern.compile(SUBDOMAIN_FORM);
    private static final Pattern IS_SERVICE = Pattern.compile(SERVICE_FORM);
    private static final Pattern IS_NAME_PART = Pattern.compile(NAME_PART_FORM);
    private static final Pattern IS_VALUE = Pattern.compile(VALUE_FORM);

    static final String LABEL = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
            + " and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
            + " validation is '" + LABEL_FORM + "')";
    private static final String SUBDOMAIN = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
            + " used for validation is '" + SUBDOMAIN_FORM + "')";
    private static final String SERVICE = "a DNS-1035 label must consist of lower case alphanumeric characters or '-',"
            + " start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
            + " 'abc-123', regex used for validation is '" + SERVICE_FORM + "')";
    private static final String NAME_PART =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                    + " validation is '" + NAME_PART_FORM + "')";
    private static final String VALUE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-',"
                    + " '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                    + " '12345', regex used for validation is '" + VALUE_FORM + "')";

    private static final int LABEL_LIMIT = 63;
    private static final int NAME_LIMIT = 253;
    private static final Set<String> STANDARD_FINALIZERS = Set.of("orphan", "foregroundDeletion", "kubernetes");

    private Names() {}

    static boolean isLabel(String name) {
        return name.length() <= LABEL_LIMIT && IS_LABEL.matcher(name).matches();
    }

    static void validateMetadata(ResourceType type, ObjectNode object, Causes causes) {
        var name = Json.name(object);
        if (name.isEmpty()) {
            causes.required("metadata.name", "name or generateName is required");
        } else {
            name(type, name, causes);
        }
        owners(object, causes);
        finalizers(object, causes);
        labels(object, causes);
    }

    private static void name(ResourceType type, String name, Causes causes) {
        if (type.group().startsWith("rbac.")) {
            if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
                causes.invalid("metadata.name", name, "may not contain '/'");
            }
        } else if (type == ResourceTypes.NAMESPACES || type == ResourceTypes.STATEFUL_SETS) {
            if (!isLabel(name)) {
                causes.invalid("metadata.name", name, LABEL);
            }
        } else if (type == ResourceTypes.SERVICES) {
            if (name.length() > LABEL_LIMIT || !IS_SERVICE.matcher(name).matches()) {
                causes.invalid("metadata.name", name, SERVICE);
            }
        } else if (name.length() > NAME_LIMIT) {
            causes.invalid("metadata.name", name, "must be no more than 253 bytes");
        } else if (!IS_SUBDOMAIN.matcher(name).matches()) {
            causes.invalid("metadata.name", name, SUBDOMAIN);
        }
    }

    private static void labels(ObjectNode object, Causes causes) {
        var meta = object.path("metadata");
        for (var label : Json.strings(meta.path("labels")).entrySet()) {
            qualified(label.getKey(), "metadata.labels", causes);
            labelValue(label.getValue(), "metadata.labels", causes);
        }
        for (var key : Json.strings(meta.path("annotations")).keySet()) {
            qualified(key.toLowerCase(java.util.Locale.ROOT), key, "metadata.annotations", causes);
        }
    }

    static void labelValue(String value, String field, Causes causes) {
        if (value.length() > LABEL_LIMIT) {
            causes.invalid(field, value, "must be no more than 63 bytes");
        } else if (!IS_VALUE.matcher(value).matches()) {
            causes.invalid(field, value, VALUE);
        }
    }

    private static void qualified(String key, String field, Causes causes) {
        qualified(key, key, field, causes);
    }

    private static void qualified(String key, String shown, String field, Causes causes) {
        var cut = key.indexOf('/');
        if (cut >= 0 && !IS_SUBDOMAIN.matcher(key.substring(0, cut)).matches()) {
            causes.invalid(field, shown, "prefix part " + SUBDOMAIN);
        }
        var part = key.substring(cut + 1);
        if (part.length() > LABEL_LIMIT) {
            causes.invalid(field, shown, "name part must be no more than 63 bytes");
        } else if (!IS_NAME_PART.matcher(part).matches()) {
            causes.invalid(field, shown, NAME_PART);
        }
    }

    private static void owners(ObjectNode object, Causes causes) {
        for (var owner : object.path("metadata").path("ownerReferences")) {
            for (var field : List.of("apiVersion", "kind", "name", "uid")) {
                if (Json.text(owner, field).isEmpty()) {
                    causes.invalid("metadata.ownerReferences." + field, "", "must not be empty");
                }
            }
        }
    }

    private static void finalizers(ObjectNode object, Causes causes) {
        var list = object.path("metadata").path("finalizers");
        for (int i = 0; i < list.size(); i++) {
            var name = list.get(i).asText();
            if (!name.contains("/") && !STANDARD_FINALIZERS.contains(name)) {
                causes.invalid(
                        "metadata.finalizers[" + i + "]",
                        name,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    static void validateMetadataUpdate(ObjectNode updated, ObjectNode old, Causes causes) {
        owners(updated, causes);
        finalizers(updated, causes);
        labels(updated, causes);
        if (!Json.has(old, "metadata.deletionTimestamp")) {
            return;
        }
        var before = Json.items(old.path("metadata").path("finalizers"));
        var added = Json.items(updated.path("metadata").path("finalizers")).stream()
                .filter(finalizer -> !before.contains(finalizer))
                .map(JsonNode::toString)
                .collect(Collectors.joining(", "));
        if (!added.isEmpty()) {
            causes.forbidden(
                    "metadata.finalizers",
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{%s}"
                            .formatted(added));
        }
    }
}
