package com.openagents.runbook.replica.cloudrun;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One service with its revisions and one job with its executions. */
final class CloudRunState {
    record Revision(String name, String image, Instant created) {}

    record Job(String image, List<String> command, List<String> arguments) {}

    record Ending(Instant at, boolean succeeded) {}

    /** @param ending empty while it runs */
    record Execution(String name, Job job, Instant created, Optional<Ending> ending) {}

    /** Everything at one moment; lists from newest to oldest. */
    record Moment(String serving, List<Revision> revisions, Job job, List<Execution> executions) {}

    private final List<Revision> revisions = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();
    private Job job;
    private String serving;
    private int executed;
    private Instant last = Instant.EPOCH;

    /** A new revision, which takes all traffic. */
    synchronized void deploy(String image) {
        var name = "%s-%05d-%s".formatted(CloudRunReplica.SERVICE, revisions.size() + 1, suffix(revisions.size(), 3));
        revisions.add(0, new Revision(name, image, now()));
        serving = name;
    }

    /** All requests go to the revision that many deploys before the newest. */
    synchronized void shiftTraffic(int deploysBefore) {
        serving = revisions.get(deploysBefore).name();
    }

    synchronized void updateJob(String image, List<String> command, List<String> arguments) {
        job = new Job(image, command, arguments);
    }

    /** Begins an execution of the job as it is now. */
    synchronized Execution begin() {
        var name = CloudRunReplica.JOB + "-" + suffix(executed++, 5);
        var execution = new Execution(name, job, now(), Optional.empty());
        executions.add(0, execution);
        return execution;
    }

    synchronized void end(Execution execution, boolean succeeded) {
        var ended = new Execution(
                execution.name(), execution.job(), execution.created(), Optional.of(new Ending(now(), succeeded)));
        executions.replaceAll(one -> one.name().equals(execution.name()) ? ended : one);
    }

    /** The job is deleted and made again, and with it goes its history. */
    synchronized void recreateJob() {
        executions.clear();
    }

    synchronized Moment moment() {
        return new Moment(serving, List.copyOf(revisions), job, List.copyOf(executions));
    }

    /** No two things happen at once. */
    private Instant now() {
        var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        return last;
    }

    private static String suffix(int number, int length) {
        return Stream.iterate(number * 7 + 3, left -> left / 2 + 11)
                .limit(length)
                .map(left -> String.valueOf((char) ('a' + left % 26)))
                .reduce("", String::concat);
    }
}
