package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.replica.cluster.api.TableColumns.Builder;
import com.openagents.runbook.replica.cluster.api.TableColumns.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables of pods and of what makes them. */
final class WorkloadColumns {

    private static final String TEMPLATE = "spec.template.spec";

    private WorkloadColumns() {}

    static void addTo(Map<ResourceType, List<Column>> columns) {
        columns.put(ResourceTypes.PODS, pods());
        columns.put(
                ResourceTypes.STATEFUL_SETS,
                containers(new Builder().name().text("Ready", set -> ready(set)).age(), TEMPLATE)
                        .list());
        columns.put(
                ResourceTypes.DEPLOYMENTS,
                containers(
                                new Builder()
                                        .name()
                                        .text("Ready", set -> ready(set))
                                        .number("Up-to-date", set -> count(set, "status.updatedReplicas"))
                                        .number("Available", set -> count(set, "status.availableReplicas"))
                                        .age(),
                                TEMPLATE)
                        .wide("Selector", WorkloadColumns::selector)
                        .list());
        columns.put(
                ResourceTypes.REPLICA_SETS,
                containers(
                                new Builder()
                                        .name()
                                        .number("Desired", set -> count(set, "spec.replicas"))
                                        .number("Current", set -> count(set, "status.replicas"))
                                        .number("Ready", set -> count(set, "status.readyReplicas"))
                                        .age(),
                                TEMPLATE)
                        .wide("Selector", WorkloadColumns::selector)
                        .list());
        columns.put(ResourceTypes.DAEMON_SETS, daemonSets());
        columns.put(ResourceTypes.JOBS, jobs());
        columns.put(ResourceTypes.CRON_JOBS, cronJobs());
    }

    private static List<Column> pods() {
        return new Builder()
                .name()
                .text("Ready", pod -> new PodCells(pod).ready())
                .text("Status", pod -> new PodCells(pod).status())
                .timed("Restarts", (pod, now) -> new PodCells(pod).restarts(now))
                .age()
                .wide("IP", pod -> new PodCells(pod).orNone("status.podIP"))
                .wide("Node", pod -> new PodCells(pod).orNone("spec.nodeName"))
                .wide("Nominated Node", pod -> new PodCells(pod).orNone("status.nominatedNodeName"))
                .wide("Readiness Gates", pod -> new PodCells(pod).readinessGates())
                .list();
    }

    private static List<Column> daemonSets() {
        return containers(
                        new Builder()
                                .name()
                                .number("Desired", set -> count(set, "status.desiredNumberScheduled"))
                                .number("Current", set -> count(set, "status.currentNumberScheduled"))
                                .number("Ready", set -> count(set, "status.numberReady"))
                                .number("Up-to-date", set -> count(set, "status.updatedNumberScheduled"))
                                .number("Available", set -> count(set, "status.numberAvailable"))
                                .text(
                                        "Node Selector",
                                        set -> labels(Json.strings(
                                                Json.at(set, TEMPLATE).path("nodeSelector"))))
                                .age(),
                        TEMPLATE)
                .wide("Selector", WorkloadColumns::selector)
                .list();
    }

    private static List<Column> jobs() {
        return containers(
                        new Builder()
                                .name()
                                .text("Status", WorkloadColumns::jobStatus)
                                .text("Completions", WorkloadColumns::completions)
                                .timed("Duration", WorkloadColumns::duration)
                                .age(),
                        TEMPLATE)
                .wide("Selector", WorkloadColumns::selector)
                .list();
    }

    private static List<Column> cronJobs() {
        return containers(
                        new Builder()
                                .name()
                                .text("Schedule", job -> Json.text(job, "spec.schedule"))
                                .text("Timezone", job -> orNone(Json.text(job, "spec.timeZone")))
                                .text(
                                        "Suspend",
                                        job -> Json.at(job, "spec.suspend").asBoolean() ? "True" : "False")
                                .number(
                                        "Active",
                                        job -> Json.at(job, "status.active").size())
                                .timed(
                                        "Last Schedule",
                                        (job, now) -> Json.has(job, "status.lastScheduleTime")
                                                ? Ages.since(Json.at(job, "status.lastScheduleTime"), now)
                                                : "<none>")
                                .age(),
                        "spec.jobTemplate.spec.template.spec")
                .wide("Selector", job -> orNone(Scales.selector(Json.at(job, "spec.jobTemplate.spec.selector"))))
                .list();
    }

    private static Builder containers(Builder columns, String podSpec) {
        return columns.wide("Containers", object -> PodCells.containers(Json.at(object, podSpec), "name"))
                .wide("Images", object -> PodCells.containers(Json.at(object, podSpec), "image"));
    }

    private static String ready(ObjectNode set) {
        return count(set, "status.readyReplicas") + "/" + count(set, "spec.replicas");
    }

    static int count(ObjectNode object, String path) {
        return Json.at(object, path).asInt();
    }

    private static String selector(ObjectNode object) {
        return orNone(Scales.selector(Json.at(object, "spec.selector")));
    }

    static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }

    static String labels(Map<String, String> labels) {
        return orNone(labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(",")));
    }

    private static boolean is(ObjectNode job, String condition) {
        return Json.items(Json.at(job, "status.conditions")).stream()
                .anyMatch(one -> Json.text(one, "type").equals(condition)
                        && Json.text(one, "status").equals("True"));
    }

    private static String jobStatus(ObjectNode job) {
        if (is(job, "Complete")) {
            return "Complete";
        }
        if (is(job, "Failed")) {
            return "Failed";
        }
        if (Json.has(job, "metadata.deletionTimestamp")) {
            return "Terminating";
        }
        if (is(job, "Suspended")) {
            return "Suspended";
        }
        return is(job, "FailureTarget")
                ? "FailureTarget"
                : is(job, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static String completions(ObjectNode job) {
        var done = count(job, "status.succeeded");
        if (Json.has(job, "spec.completions")) {
            return done + "/" + count(job, "spec.completions");
        }
        var parallel = count(job, "spec.parallelism");
        return parallel > 1 ? "%d/1 of %d".formatted(done, parallel) : done + "/1";
    }

    private static String duration(ObjectNode job, Instant now) {
        if (!Json.has(job, "status.startTime")) {
            return "";
        }
        var start = Instant.parse(Json.text(job, "status.startTime"));
        var end = Json.text(job, "status.completionTime");
        return Ages.of(Duration.between(start, end.isEmpty() ? now : Instant.parse(end)));
    }
}
