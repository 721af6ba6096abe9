package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Roles and their bindings. */
final class AccessRules {

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<String> SUBJECTS = List.of("ServiceAccount", "User", "Group");

    private AccessRules() {}

    static final class Role implements KindRules {
        @Override
        public void setDefaults(ObjectNode role) {
            if (!role.has("rules")) {
                role.putNull("rules");
            }
        }

        @Override
        public void validate(ObjectNode role, Causes causes) {
            var rules = role.path("rules");
            for (int i = 0; i < rules.size(); i++) {
                var at = "rules[" + i + "]";
                if (rules.get(i).path("verbs").isEmpty()) {
                    causes.required(at + ".verbs", "verbs must contain at least one value");
                }
                if (rules.get(i).has("nonResourceURLs")) {
                    continue;
                }
                if (rules.get(i).path("apiGroups").isEmpty()) {
                    causes.required(at + ".apiGroups", "resource rules must supply at least one api group");
                }
                if (rules.get(i).path("resources").isEmpty()) {
                    causes.required(at + ".resources", "resource rules must supply at least one resource");
                }
            }
        }
    }

    static final class Binding implements KindRules {
        @Override
        public void setDefaults(ObjectNode binding) {
            Json.putDefault(Json.child(binding, "roleRef"), "apiGroup", GROUP);
            for (var subject : binding.path("subjects")) {
                if (List.of("User", "Group").contains(Json.text(subject, "kind"))) {
                    Json.putDefault((ObjectNode) subject, "apiGroup", GROUP);
                }
            }
        }

        @Override
        public void validate(ObjectNode binding, Causes causes) {
            var kind = Json.text(binding, "roleRef.kind");
            if (!List.of("Role", "ClusterRole").contains(kind)) {
                causes.notSupported("roleRef.kind", kind, List.of("Role", "ClusterRole"));
            }
            if (Json.text(binding, "roleRef.name").isEmpty()) {
                causes.required("roleRef.name", "");
            }
            var subjects = binding.path("subjects");
            for (int i = 0; i < subjects.size(); i++) {
                var at = "subjects[" + i + "]";
                var subject = Json.text(subjects.get(i), "kind");
                if (Json.text(subjects.get(i), "name").isEmpty()) {
                    causes.required(at + ".name", "");
                }
                if (!SUBJECTS.contains(subject)) {
                    causes.notSupported(at + ".kind", subject, SUBJECTS);
                }
            }
        }

        @Override
        public void validateUpdate(ObjectNode updated, ObjectNode old, Causes causes) {
            var reference = updated.path("roleRef");
            if (!reference.equals(old.path("roleRef"))) {
                var shown = Json.object()
                        .put("APIGroup", Json.text(reference, "apiGroup"))
                        .put("Kind", Json.text(reference, "kind"))
                        .put("Name", Json.text(reference, "name"));
                causes.invalid("roleRef", shown, "cannot change roleRef");
            }
        }
    }
}
