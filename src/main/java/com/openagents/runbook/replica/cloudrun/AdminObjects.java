package com.openagents.runbook.replica.cloudrun;

import static com.openagents.runbook.replica.runtime.json.Json.object;

import com.openagents.runbook.replica.cloudrun.CloudRunState.Execution;
import com.openagents.runbook.replica.cloudrun.CloudRunState.Job;
import com.openagents.runbook.replica.cloudrun.CloudRunState.Moment;
import com.openagents.runbook.replica.cloudrun.CloudRunState.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The objects of the Admin API v2 (contract 2.4). */
final class AdminObjects {
    private static final Duration EXECUTION = Duration.ofMillis(1);

    private AdminObjects() {}

    static Map<String, Object> service(Moment moment) {
        var newest = moment.revisions().get(0);
        var allocation =
                object("type", "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", "revision", moment.serving(), "percent", 100);
        return object(
                "name", CloudRunReplica.REGION_PATH + "/services/" + CloudRunReplica.SERVICE,
                "template", object("containers", List.of(object("image", newest.image()))),
                "latestCreatedRevision", revisionName(newest),
                "latestReadyRevision", revisionName(newest),
                "traffic", List.of(allocation),
                "trafficStatuses", List.of(allocation),
                "terminalCondition", object("type", "Ready", "state", "CONDITION_SUCCEEDED"),
                "reconciling", false);
    }

    static Map<String, Object> revisions(Moment moment) {
        return object(
                "revisions",
                moment.revisions().stream().map(AdminObjects::revision).toList());
    }

    private static Map<String, Object> revision(Revision revision) {
        return object(
                "name", revisionName(revision),
                "createTime", revision.created().toString(),
                "containers", List.of(object("image", revision.image())));
    }

    private static String revisionName(Revision revision) {
        return CloudRunReplica.REGION_PATH + "/services/" + CloudRunReplica.SERVICE + "/revisions/" + revision.name();
    }

    static Map<String, Object> job(Moment moment) {
        return object(
                "name", CloudRunReplica.REGION_PATH + "/jobs/" + CloudRunReplica.JOB,
                "template", object("template", template(moment.job())),
                "executionCount", moment.executions().size());
    }

    static Map<String, Object> executions(Moment moment) {
        return object(
                "executions",
                moment.executions().stream().map(AdminObjects::execution).toList());
    }

    private static Map<String, Object> execution(Execution execution) {
        var completed = object(
                "type", "Completed",
                "state", execution.succeeded() ? "CONDITION_SUCCEEDED" : "CONDITION_FAILED",
                "message", execution.succeeded() ? "" : "The container exited with an error.");
        return object(
                "name",
                        CloudRunReplica.REGION_PATH + "/jobs/" + CloudRunReplica.JOB + "/executions/"
                                + execution.name(),
                "createTime", execution.created().toString(),
                "completionTime", execution.created().plus(EXECUTION).toString(),
                "template", template(execution.job()),
                "conditions", List.of(completed),
                "succeededCount", execution.succeeded() ? 1 : 0,
                "failedCount", execution.succeeded() ? 0 : 1);
    }

    private static Map<String, Object> template(Job job) {
        return object(
                "containers", List.of(object("image", job.image(), "command", job.command(), "args", job.arguments())));
    }
}
