package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Jobs by the clock. */
final class CronJobRules implements KindRules {

    private static final List<String> CONCURRENCY = List.of("Allow", "Forbid", "Replace");

    @Override
    public boolean countsGenerations() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode cronJob) {
        var spec = Json.child(cronJob, "spec");
        Json.putDefault(spec, "concurrencyPolicy", "Allow");
        Json.putDefault(spec, "suspend", false);
        Json.putDefault(spec, "successfulJobsHistoryLimit", 3);
        Json.putDefault(spec, "failedJobsHistoryLimit", 1);
        var job = Json.child(spec, "jobTemplate");
        Json.child(job, "metadata");
        var template = Json.child(Json.child(job, "spec"), "template");
        Json.child(template, "metadata");
        PodDefaults.set(Json.child(template, "spec"));
    }

    @Override
    public void validate(ObjectNode cronJob, Causes causes) {
        var schedule = Json.text(cronJob, "spec.schedule");
        if (schedule.isEmpty()) {
            causes.required("spec.schedule", "");
        }
        var concurrency = Json.text(cronJob, "spec.concurrencyPolicy");
        if (!CONCURRENCY.contains(concurrency)) {
            causes.notSupported("spec.concurrencyPolicy", concurrency, CONCURRENCY);
        }
        PodSpecCheck.check(
                Json.at(cronJob, "spec.jobTemplate.spec.template.spec"), "spec.jobTemplate.spec.template.spec", causes);
    }
}
