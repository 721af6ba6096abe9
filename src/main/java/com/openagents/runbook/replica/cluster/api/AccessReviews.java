package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers callers who ask what they may do. */
final class AccessReviews {

    private final RoleBook roles;
    private final Metadata metadata;

    AccessReviews(RoleBook roles, Metadata metadata) {
        this.roles = roles;
        this.metadata = metadata;
    }

    void answer(Call call) {
        var review = Decoder.object(call, call.type());
        review.putObject("metadata");
        var writer = new ManagedFields.Writer(call.manager(), "Update", "");
        if (call.type() == ResourceTypes.ACCESS_REVIEWS) {
            ManagedFields.record(review, null, Schema.of(call.type()), writer, metadata.now());
            access(call.user(), review);
        } else if (call.type() == ResourceTypes.RULES_REVIEWS) {
            rules(call.user(), review);
        } else {
            self(call.user(), review);
        }
        call.reply(201, review);
    }

    private void self(User user, ObjectNode review) {
        Json.meta(review).put("creationTimestamp", metadata.now());
        var info = review.putObject("status").putObject("userInfo").put("username", user.name());
        if (!user.uid().isEmpty()) {
            info.put("uid", user.uid());
        }
        var groups = info.putArray("groups");
        user.groups().forEach(groups::add);
    }

    private void access(User user, ObjectNode review) {
        var decision = roles.allows(user, question(review.path("spec")));
        var status = review.putObject("status").put("allowed", decision.allowed());
        if (!decision.reason().isEmpty()) {
            status.put("reason", decision.reason());
        }
    }

    private static RoleBook.Question question(JsonNode spec) {
        var resource = spec.path("resourceAttributes");
        var path = spec.path("nonResourceAttributes");
        if (resource.isMissingNode() == path.isMissingNode()) {
            var causes = new Causes();
            causes.invalid(
                    "spec.resourceAttributes",
                    resource,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified");
            throw causes.refusal("authorization.k8s.io", "", "");
        }
        if (resource.isMissingNode()) {
            return RoleBook.Question.path(Json.text(path, "verb"), Json.text(path, "path"));
        }
        return new RoleBook.Question(
                Json.text(resource, "verb"),
                Json.text(resource, "group"),
                Json.text(resource, "resource"),
                Json.text(resource, "subresource"),
                Json.text(resource, "namespace"),
                Json.text(resource, "name"),
                "");
    }

    private void rules(User user, ObjectNode review) {
        var namespace = Json.text(review, "spec.namespace");
        if (namespace.isEmpty()) {
            throw Statuses.badRequest("no namespace on request");
        }
        review.putObject("spec");
        var status = review.putObject("status");
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode paths = status.putArray("nonResourceRules");
        if (user.mayEverything()) {
            everything(resources.addObject(), "apiGroups", "resources");
            everything(paths.addObject(), "nonResourceURLs");
        }
        roles.grants(user, namespace)
                .forEach(grant -> (grant.rule().has("nonResourceURLs") ? paths : resources).add(grant.rule()));
        status.put("incomplete", false);
    }

    private static void everything(ObjectNode rule, String... fields) {
        rule.putArray("verbs").add("*");
        for (var field : fields) {
            rule.putArray(field).add("*");
        }
    }
}
