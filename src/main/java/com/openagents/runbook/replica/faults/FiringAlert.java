package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.monitoring.ProgramsMissing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A defect that goes on until the real Prometheus tells of it. What a client does about it is repeated from then on, for
 * an alert looks at rates, and ends with the defect.
 */
final class FiringAlert implements ReplicaFault {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long BETWEEN_ROUNDS_MILLIS = 250;
    private static final int MOST_FAILED_ROUNDS = 100;

    private final ReplicaFault cause;
    private final List<String> alerts;
    private final ActedFault.Act round;
    private volatile CountDownLatch healed = new CountDownLatch(0);

    private FiringAlert(ReplicaFault cause, List<String> alerts, ActedFault.Act round) {
        this.cause = cause;
        this.alerts = alerts;
        this.round = round;
    }

    /** With ordinary traffic alone. */
    static FiringAlert firing(ReplicaFault cause, String... alerts) {
        return new FiringAlert(cause, List.of(alerts), bench -> {});
    }

    /** @param round what a client does several times a second */
    static FiringAlert firing(ReplicaFault cause, ActedFault.Act round, String... alerts) {
        return new FiringAlert(cause, List.of(alerts), round);
    }

    /** A client alone is the defect. */
    static FiringAlert repeated(String id, String description, ActedFault.Act round, String... alerts) {
        return firing(ActedFault.acted(id, description, round), round, alerts);
    }

    @Override
    public String id() {
        return cause.id();
    }

    @Override
    public String description() {
        return cause.description();
    }

    @Override
    public void inject(Replica replica) {
        cause.inject(replica);
        healed = new CountDownLatch(1);
        var client = new Thread(() -> repeat(replica, healed), "client of " + id());
        client.setDaemon(true);
        client.start();
        try {
            replica.monitoring().open(waitedFor -> {});
        } catch (ProgramsMissing e) {
            throw new IllegalStateException("without Prometheus no alert can fire: " + e.getMessage(), e);
        }
    }

    @Override
    public void awaitShown(Replica replica) {
        Awaitility.await(alerts + " to fire")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> alerts.stream().allMatch(replica.monitoring()::isFiring));
    }

    private void repeat(Replica replica, CountDownLatch end) {
        int failed = 0;
        try (var bench = new Workbench(replica)) {
            while (failed < MOST_FAILED_ROUNDS && !end.await(BETWEEN_ROUNDS_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    round.in(bench);
                    failed = 0;
                } catch (Exception podsChangeOrReplicaIsGone) {
                    failed++;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void heal(Replica replica) {
        healed.countDown();
        cause.heal(replica);
    }
}
