package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Role-based access: the roles and bindings in the store, and what they allow. */
final class RoleBook {

    /** @param path empty when the question is about a resource */
    record Question(
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            String path) {

        static Question of(RequestInfo info) {
            return new Question(
                    info.verb(), info.group(), info.resource(), info.subresource(), info.namespace(), info.name(), "");
        }

        static Question path(String verb, String path) {
            return new Question(verb, "", "", "", "", "", path);
        }

        private String fullResource() {
            return subresource.isEmpty() ? resource : resource + "/" + subresource;
        }
    }

    /** @param reason which binding allows it; empty when nothing does or nothing needs to */
    record Decision(boolean allowed, String reason) {}

    /** A rule that holds for a user, and why. */
    record Grant(JsonNode rule, String reason) {}

    private final Store store;

    RoleBook(Store store) {
        this.store = store;
    }

    Decision allows(User user, Question question) {
        if (user.mayEverything()) {
            return new Decision(true, "");
        }
        return grants(user, question.namespace()).stream()
                .filter(grant -> matches(grant.rule(), question))
                .findFirst()
                .map(grant -> new Decision(true, grant.reason()))
                .orElse(new Decision(false, ""));
    }

    /** Every rule that holds for a user in a namespace, those for the whole cluster first. */
    List<Grant> grants(User user, String namespace) {
        var grants = new ArrayList<Grant>();
        for (var binding : store.list(ResourceTypes.CLUSTER_ROLE_BINDINGS, "")) {
            collect(user, binding, "", "ClusterRoleBinding \"" + Json.name(binding) + '"', grants);
        }
        if (!namespace.isEmpty()) {
            for (var binding : store.list(ResourceTypes.ROLE_BINDINGS, namespace)) {
                var title = "RoleBinding \"%s/%s\"".formatted(Json.name(binding), namespace);
                collect(user, binding, namespace, title, grants);
            }
        }
        return grants;
    }

    private void collect(User user, ObjectNode binding, String namespace, String title, List<Grant> grants) {
        for (var subject : binding.path("subjects")) {
            if (!is(user, subject, namespace)) {
                continue;
            }
            var kind = Json.text(binding, "roleRef.kind");
            var name = Json.text(binding, "roleRef.name");
            var role = kind.equals("Role")
                    ? store.get(ResourceTypes.ROLES, namespace, name)
                    : store.get(ResourceTypes.CLUSTER_ROLES, "", name);
            if (role != null) {
                var reason = "RBAC: allowed by %s of %s \"%s\" to %s"
                        .formatted(title, kind, name, subjectTitle(subject, namespace));
                role.path("rules").forEach(rule -> grants.add(new Grant(rule, reason)));
            }
            return;
        }
    }

    private static String subjectTitle(JsonNode subject, String namespace) {
        var kind = Json.text(subject, "kind");
        var name = Json.text(subject, "name");
        return kind.equals("ServiceAccount")
                ? "ServiceAccount \"%s/%s\"".formatted(name, accountNamespace(subject, namespace))
                : "%s \"%s\"".formatted(kind, name);
    }

    private static String accountNamespace(JsonNode subject, String namespace) {
        var own = Json.text(subject, "namespace");
        return own.isEmpty() ? namespace : own;
    }

    private static boolean is(User user, JsonNode subject, String namespace) {
        var name = Json.text(subject, "name");
        return switch (Json.text(subject, "kind")) {
            case "User" -> user.name().equals(name);
            case "Group" -> user.groups().contains(name);
            case "ServiceAccount" ->
                user.name().equals("system:serviceaccount:" + accountNamespace(subject, namespace) + ":" + name);
            default -> false;
        };
    }

    private static boolean matches(JsonNode rule, Question question) {
        if (!has(rule, "verbs", question.verb())) {
            return false;
        }
        if (!question.path().isEmpty()) {
            return Json.items(rule.path("nonResourceURLs")).stream()
                    .anyMatch(url -> pathMatches(url.asText(), question.path()));
        }
        var names = rule.path("resourceNames");
        return has(rule, "apiGroups", question.group())
                && (has(rule, "resources", question.fullResource())
                        || (!question.subresource().isEmpty() && has(rule, "resources", "*/" + question.subresource())))
                && (names.isEmpty() || has(rule, "resourceNames", question.name()));
    }

    private static boolean pathMatches(String url, String path) {
        return url.endsWith("*") ? path.startsWith(url.substring(0, url.length() - 1)) : url.equals(path);
    }

    private static boolean has(JsonNode rule, String field, String word) {
        return Json.items(rule.path(field)).stream()
                .map(JsonNode::asText)
                .anyMatch(one -> one.equals(word) || (one.equals("*") && !field.equals("resourceNames")));
    }
}
