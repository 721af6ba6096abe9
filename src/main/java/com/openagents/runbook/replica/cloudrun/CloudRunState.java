package com.openagents.runbook.replica.cloudrun;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One service with its revisions and one job with its executions. */
final class CloudRunState {
    record Revision(String name, String image, Instant created) {}

    record Job(String image, List<String> command, List<String> arguments) {}

    record Execution(String name, Job job, Instant created, boolean succeeded) {}

    /** Everything at one moment; lists from newest to oldest. */
    record Moment(String serving, List<Revision> revisions, Job job, List<Execution> executions) {}

    private final List<Revision> revisions = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();
    private Job job;
    private String serving;
    private int executed;
    private Instant last = Instant.EPOCH;

    /** @param traffic whether all requests go to the new revision */
    synchronized void deploy(String image, boolean traffic) {
        var name = "%s-%05d-%s".formatted(CloudRunReplica.SERVICE, revisions.size() + 1, suffix(revisions.size(), 3));
        revisions.add(0, new Revision(name, image, now()));
        if (traffic) {
            serving = name;
        }
    }

    /** All requests go to the revision that many deploys before the newest. */
    synchronized void shiftTraffic(int deploysBefore) {
        serving = revisions.get(deploysBefore).name();
    }

    synchronized void updateJob(String image, List<String> command, List<String> arguments) {
        job = new Job(image, command, arguments);
    }

    synchronized void execute(boolean succeeds) {
        var name = CloudRunReplica.JOB + "-" + suffix(executed++, 5);
        executions.add(0, new Execution(name, job, now(), succeeds));
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
