package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Defects of the logs, which somebody on call notices last: when the logs are needed. */
final class LogFaults {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MANY = 200;
    // A third of the lines, so that a fifth are still errors when traffic has gone on for a while.
    private static final int FULL = 3;
    private static final String POD = "runtime-1";

    private LogFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                new TelemetryNotLogged(),
                new ErrorsInLog(),
                new LogUnreadable(),
                new RestartUnexplained(),
                new ProcessFault(
                        "request-id-not-logged",
                        "Log lines do not say which request they belong to.",
                        Set.of(ProcessFaults.REQUEST_ID_NOT_LOGGED),
                        Map.of()),
                new ProcessFault(
                        "no-metrics",
                        "The runtime counts what happens and shows it nowhere, as published (A4).",
                        Set.of(ProcessFaults.NO_METRICS),
                        Map.of()));
    }

    private static final class TelemetryNotLogged implements ReplicaFault {
        private final ProcessFault silence =
                new ProcessFault(id(), description(), Set.of(ProcessFaults.TELEMETRY_NOT_LOGGED), Map.of());

        @Override
        public String id() {
            return "telemetry-not-logged";
        }

        @Override
        public String description() {
            return "What happens to streams, leases and tools is counted and never logged, as published (A15).";
        }

        @Override
        public void inject(Replica replica) {
            silence.inject(replica);
            // The gate streams, so there is something that the log should tell.
            replica.runGate(waitedFor -> {});
        }

        @Override
        public void heal(Replica replica) {
            silence.heal(replica);
        }
    }

    private static final class ErrorsInLog implements ReplicaFault {
        private final ProcessFault crashes =
                new ProcessFault(id(), description(), Set.of(ProcessFaults.ERRORS_IN_LOG), Map.of());

        @Override
        public String id() {
            return "errors-in-log";
        }

        @Override
        public String description() {
            return "A background job of every runtime pod crashes over and over; nothing else notices.";
        }

        @Override
        public void inject(Replica replica) {
            crashes.inject(replica);
            Awaitility.await("a log full of errors of every runtime pod")
                    .atMost(LIMIT)
                    .until(() -> replica.cluster()
                            .client()
                            .pods()
                            .inNamespace(replica.cluster().namespace())
                            .withLabel("app", "runtime")
                            .resources()
                            .allMatch(pod -> isFullOfErrors(pod.getLog())));
        }

        @Override
        public void heal(Replica replica) {
            crashes.heal(replica);
        }

        private static boolean isFullOfErrors(String log) {
            long errors = log.lines().filter(line -> line.contains("[error]")).count();
            return errors > MANY && errors * FULL > log.lines().count();
        }
    }

    private static void delete(Replica replica, Predicate<Path> which) {
        try (var files = Files.walk(replica.work())) {
            for (var file : files.filter(file -> file.toString().contains("_" + POD + "_") && which.test(file))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the log of " + POD + " cannot be deleted", e);
        }
    }

    private static final class RestartUnexplained implements ReplicaFault {
        @Override
        public String id() {
            return "restart-unexplained";
        }

        @Override
        public String description() {
            return "runtime-1 crashed once, and what it wrote before is lost.";
        }

        @Override
        public void inject(Replica replica) {
            replica.cluster().crash(POD);
            Awaitility.await("the restart of " + POD).atMost(LIMIT).until(() -> restarts(replica) > 0);
            replica.cluster().awaitReady(LIMIT, waitedFor -> {});
            delete(replica, file -> file.endsWith("0.log"));
        }

        private static int restarts(Replica replica) {
            return replica.cluster()
                    .client()
                    .pods()
                    .inNamespace(replica.cluster().namespace())
                    .withName(POD)
                    .get()
                    .getStatus()
                    .getContainerStatuses()
                    .get(0)
                    .getRestartCount();
        }

        @Override
        public void heal(Replica replica) {
            replica.cluster().replacePods(LIMIT, waitedFor -> {});
        }
    }

    private static final class LogUnreadable implements ReplicaFault {
        @Override
        public String id() {
            return "log-unreadable";
        }

        @Override
        public String description() {
            return "The node has lost the log of runtime-1; the pod itself is well.";
        }

        @Override
        public void inject(Replica replica) {
            delete(replica, file -> file.toString().endsWith(".log"));
        }

        @Override
        public void heal(Replica replica) {
            replica.cluster().replacePods(LIMIT, waitedFor -> {});
        }
    }
}
