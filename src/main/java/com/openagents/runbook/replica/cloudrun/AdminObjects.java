package com.openagents.runbook.replica.cloudrun;

import static com.openagents.runbook.replica.runtime.json.Json.object;

import com.openagents.runbook.replica.cloudrun.CloudRunState.Execution;
import com.openagents.runbook.replica.cloudrun.CloudRunState.Job;
import com.openagents.runbook.replica.cloudrun.CloudRunState.Moment;
import com.openagents.runbook.replica.cloudrun.CloudRunState.Revision;
import java.util.List;
import java.util.Map;

/** The objects of the Admin API v2 (contract 2.4). */
final class AdminObjects {
    private static final String SERVICE = AdminApi.REGION_PATH + "/services/" + CloudRunReplica.SERVICE;
    private static final String JOB = AdminApi.REGION_PATH + "/jobs/" + CloudRunReplica.JOB;

    private AdminObjects() {}

    static Map<String, Object> service(Moment moment) {
        var newest = moment.revisions().get(0);
        var allocation =
                object("type", "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", "revision", moment.serving(), "percent", 100);
        return object(
                "name", SERVICE,
                "template", object("containers", List.of(object("image", newest.image()))),
                "latestCreatedRevision", revisionName(newest),
                "latestReadyRevision", revisionName(newest),
                "traffic", List.of(allocation),
                "trafficStatuses", List.of(allocation),
                "terminalCondition", object("type", "Ready", "state", "CONDITION_SUCCEEDED"),
                "reconciling", false);
    }

    static List<Map<String, Object>> revisions(Moment moment) {
        return moment.revisions().stream().map(AdminObjects::revision).toList();
    }

    private static Map<String, Object> revision(Revision revision) {
        return object(
                "name", revisionName(revision),
                "createTime", revision.created().toString(),
                "containers", List.of(object("image", revision.image())));
    }

    private static String revisionName(Revision revision) {
        return SERVICE + "/revisions/" + revision.name();
    }

    static Map<String, Object> job(Moment moment) {
        return object(
                "name", JOB,
                "template", object("template", template(moment.job())),
                "executionCount", moment.executions().size());
    }

    static List<Map<String, Object>> executions(Moment moment) {
        return moment.executions().stream().map(AdminObjects::execution).toList();
    }

    /** As Google's APIs do, without the fields that have no value yet and the counts that are nothing. */
    private static Map<String, Object> execution(Execution execution) {
        var body = object(
                "name", JOB + "/executions/" + execution.name(),
                "createTime", execution.created().toString(),
                "template", template(execution.job()),
                "conditions", List.of(completed(execution)));
        execution
                .ending()
                .ifPresentOrElse(
                        ending -> {
                            body.put("completionTime", ending.at().toString());
                            body.put(ending.succeeded() ? "succeededCount" : "failedCount", 1);
                        },
                        () -> body.put("runningCount", 1));
        return body;
    }

    private static Map<String, Object> completed(Execution execution) {
        if (execution.ending().isEmpty()) {
            return object("type", "Completed", "state", "CONDITION_RECONCILING");
        }
        return execution.ending().get().succeeded()
                ? object("type", "Completed", "state", "CONDITION_SUCCEEDED")
                : object(
                        "type", "Completed",
                        "state", "CONDITION_FAILED",
                        "message",
                                "Task " + execution.name() + "-task0 failed with message: The container exited with"
                                        + " an error.");
    }

    private static Map<String, Object> template(Job job) {
        return object(
                "containers", List.of(object("image", job.image(), "command", job.command(), "args", job.arguments())));
    }
}
