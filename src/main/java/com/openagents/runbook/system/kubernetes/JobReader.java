package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.kubernetes.GateRun.Outcome;
import com.openagents.runbook.system.kubernetes.Reads.Seen;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the Jobs of the post-deploy gate (runbook 1, 6). */
final class JobReader {
    private static final int LAST_LINES = 3;

    private final KubernetesClient client;
    private final EventReader events;
    private final Reads reads;

    JobReader(KubernetesClient client, EventReader events, Reads reads) {
        this.client = client;
        this.events = events;
        this.reads = reads;
    }

    GateRun newest(String name, String heldAgainst) {
        var seen = reads.seen("job " + name, () -> look(name));
        var run = seen.what();
        reads.saw("Newest run of " + name, "get job " + name, List.of(row(run)), heldAgainst, run.at(), seen.version());
        return run;
    }

    private Seen<GateRun> look(String name) {
        var found = reads.ask(
                "get jobs",
                () -> client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(reads.kubectl().namespace())
                        .withName(name)
                        .get());
        var at = Instant.now();
        return found == null ? new Seen<>(gone(name, at), "") : new Seen<>(record(found, at), Reads.version(found));
    }

    private GateRun gone(String name, Instant at) {
        var kept = reads.ask(
                "get configmaps", () -> GateRecord.find(client, reads.kubectl().namespace(), name));
        return kept.map(record -> kept(record, at)).orElseGet(() -> traced(name, at));
    }

    /** The Job is gone, what came of it is not. */
    private GateRun kept(GateRecord record, Instant at) {
        return new GateRun(
                record.job(),
                true,
                "",
                record.complete() ? Outcome.COMPLETE : Outcome.FAILED,
                record.reason(),
                record.image(),
                record.command(),
                time(record.startedAt()),
                time(record.finishedAt()),
                record.complete() ? "" : record.log().strip(),
                at,
                reads.kubectl());
    }

    private static Optional<Instant> time(String text) {
        return Optional.of(text).filter(time -> !time.isEmpty()).map(Instant::parse);
    }

    private GateRun traced(String name, Instant at) {
        var trace = events.about("Job", name).stream()
                .findFirst()
                .map(event -> event.getReason() + ": " + event.getMessage() + " at " + EventTimes.last(event))
                .orElse("");
        return new GateRun(
                name,
                false,
                trace,
                Outcome.RUNNING,
                "",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                "",
                at,
                reads.kubectl());
    }

    private GateRun record(Job job, Instant at) {
        var ended = condition(job, "Complete").or(() -> condition(job, "Failed"));
        var outcome = ended.map(condition -> "Complete".equals(condition.getType()) ? Outcome.COMPLETE : Outcome.FAILED)
                .orElse(Outcome.RUNNING);
        var reason = ended.filter(condition -> outcome == Outcome.FAILED)
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .orElse("");
        var container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
        return new GateRun(
                job.getMetadata().getName(),
                true,
                "",
                outcome,
                reason,
                container.getImage(),
                Stream.concat(words(container.getCommand()), words(container.getArgs()))
                        .collect(Collectors.joining(" ")),
                Optional.ofNullable(job.getStatus())
                        .map(status -> status.getStartTime())
                        .map(Instant::parse),
                ended.map(JobCondition::getLastTransitionTime).map(Instant::parse),
                outcome == Outcome.FAILED ? lastWords(job.getMetadata().getName()) : "",
                at,
                reads.kubectl());
    }

    private static Stream<String> words(List<String> words) {
        return words == null ? Stream.empty() : words.stream();
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        if (job.getStatus() == null || job.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    /** The last lines of the newest pod of the Job; the pods of a failed Job are often removed with it. */
    private String lastWords(String job) {
        try {
            return reads.ask(
                            "list pods",
                            () -> JobPods.of(client, reads.kubectl().namespace(), job).stream()
                                    .reduce((older, newer) -> newer))
                    .map(pod -> reads.ask(
                            "get pods/log",
                            () -> client.pods()
                                    .inNamespace(reads.kubectl().namespace())
                                    .withName(pod.getMetadata().getName())
                                    .tailingLines(LAST_LINES)
                                    .getLog()))
                    .map(text -> String.join(
                            "\n", KeyLines.leftOut(text.strip().lines().toList())))
                    .orElse("");
        } catch (CouldNotCheck reason) {
            return "";
        }
    }

    private static Map<String, String> row(GateRun run) {
        if (!run.exists()) {
            return Rows.of(
                    "job", run.job(), "state", "not found", "trace", run.trace().isEmpty() ? "none" : run.trace());
        }
        return Rows.of(
                "job", run.job(),
                "outcome", run.outcome() + (run.reason().isEmpty() ? "" : ", " + run.reason()),
                "started", run.startedAt().map(Instant::toString).orElse("not yet"),
                "finished", run.finishedAt().map(Instant::toString).orElse("not yet"),
                "image", run.image(),
                "command", run.command());
    }
}
