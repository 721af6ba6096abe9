package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Jobs. */
final class JobRules implements KindRules {

    private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
    private static final List<String> NOT_NEGATIVE =
            List.of("parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished");
    private static final List<String> COMPLETION_MODES = List.of("NonIndexed", "Indexed");

    @Override
    public boolean countsGenerations() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode job) {
        var spec = Json.child(job, "spec");
        var none = !spec.has("completions") && !spec.has("parallelism");
        if (none) {
            spec.put("completions", 1);
        }
        Json.putDefault(spec, "parallelism", 1);
        Json.putDefault(spec, "backoffLimit", 6);
        Json.putDefault(spec, "completionMode", "NonIndexed");
        Json.putDefault(spec, "suspend", false);
        Json.putDefault(spec, "manualSelector", false);
        Json.putDefault(spec, "podReplacementPolicy", "TerminatingOrFailed");
        var template = Json.child(spec, "template");
        Json.child(template, "metadata");
        PodDefaults.set(Json.child(template, "spec"));
        var labels = Json.at(spec, "template.metadata.labels");
        if (!Json.has(job, "metadata.labels") && !labels.isEmpty()) {
            Json.meta(job).set("labels", labels.deepCopy());
        }
    }

    @Override
    public void prepareCreate(ObjectNode job) {
        job.putObject("status");
        var spec = Json.child(job, "spec");
        if (spec.path("manualSelector").asBoolean()) {
            return;
        }
        var uid = Json.text(job, "metadata.uid");
        var labels = Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
        var owned = Json.child(Json.meta(job), "labels");
        for (var set : List.of(labels, owned)) {
            if (set == labels || mirrors(job)) {
                set.put(UID_LABEL, uid).put("controller-uid", uid);
                set.put("batch.kubernetes.io/job-name", Json.name(job)).put("job-name", Json.name(job));
            }
        }
        Json.child(Json.child(spec, "selector"), "matchLabels").put(UID_LABEL, uid);
        if (owned.isEmpty()) {
            Json.meta(job).remove("labels");
        }
    }

    /** Labels a job did not name itself are those of its template, the generated ones included. */
    private static boolean mirrors(ObjectNode job) {
        var own = Json.strings(job.path("metadata").path("labels"));
        var template = Json.strings(Json.at(job, "spec.template.metadata.labels"));
        template.keySet().removeIf(key -> key.contains("controller-uid") || key.endsWith("job-name"));
        return own.equals(template);
    }

    @Override
    public void validate(ObjectNode job, Causes causes) {
        var spec = job.path("spec");
        for (var field : NOT_NEGATIVE) {
            if (spec.path(field).asLong() < 0) {
                causes.invalid("spec." + field, spec.get(field), "must be greater than or equal to 0");
            }
        }
        var mode = Json.text(spec, "completionMode");
        if (!COMPLETION_MODES.contains(mode)) {
            causes.notSupported("spec.completionMode", mode, COMPLETION_MODES);
        }
        selector(job, causes);
        PodSpecCheck.check(Json.at(spec, "template.spec"), "spec.template.spec", causes);
        if (Json.text(spec, "template.spec.restartPolicy").equals("Always")) {
            causes.required("spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }
    }

    private static void selector(ObjectNode job, Causes causes) {
        var spec = job.path("spec");
        var selector = spec.path("selector");
        var generated = Json.object();
        generated.putObject("matchLabels").put(UID_LABEL, Json.text(job, "metadata.uid"));
        if (!spec.path("manualSelector").asBoolean() && !selector.equals(generated)) {
            causes.invalid("spec.selector", selector, "`selector` not auto-generated");
        }
        var labels = Json.at(spec, "template.metadata.labels");
        if (!LabelSelector.of(selector).test(Json.strings(labels))) {
            causes.invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
        }
    }

    @Override
    public void validateUpdate(ObjectNode updated, ObjectNode old, Causes causes) {
        var spec = updated.path("spec");
        var before = old.path("spec");
        immutable(spec, before, "selector", causes);
        if (!mayMove(old)) {
            immutable(spec, before, "template", causes);
        }
        immutable(spec, before, "completionMode", causes);
        if (!Json.text(spec, "completionMode").equals("Indexed")) {
            immutable(spec, before, "completions", causes);
        }
    }

    /** The template of a suspended job that never started may change where its pods are to run. */
    private static boolean mayMove(ObjectNode job) {
        return job.path("spec").path("suspend").asBoolean() && !Json.has(job, "status.startTime");
    }

    private static void immutable(JsonNode spec, JsonNode before, String field, Causes causes) {
        if (!spec.path(field).equals(before.path(field))) {
            causes.invalid("spec." + field, spec.path(field), "field is immutable");
        }
    }
}
