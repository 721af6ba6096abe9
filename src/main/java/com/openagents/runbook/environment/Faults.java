package com.openagents.runbook.environment;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.checkout.faults.CheckoutFault;
import com.openagents.runbook.replica.checkout.faults.CheckoutFaults;
import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.cluster.faults.ClusterFaults;
import com.openagents.runbook.replica.cluster.faults.Fault;
import com.openagents.runbook.replica.database.faults.DatabaseFault;
import com.openagents.runbook.replica.database.faults.DatabaseFaults;
import com.openagents.runbook.replica.faults.ReplicaFault;
import com.openagents.runbook.replica.faults.ReplicaFaults;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The faults that an embedded environment can be given. */
public final class Faults {
    private static final Duration SHOWS_WITHIN = Duration.ofSeconds(90);

    /** A fault in a list. */
    public record Entry(String id, String description) {}

    private record Known(Entry entry, Injection injection) {}

    @FunctionalInterface
    private interface Injection {
        void into(Replica replica) throws SQLException;
    }

    private Faults() {}

    public static List<Entry> all() {
        return known().map(Known::entry).toList();
    }

    /**
     * Puts a fault into a healthy replica and returns when it shows.
     *
     * @param id one of {@link #all}
     */
    static void inject(String id, Replica replica) {
        var fault = known().filter(known -> known.entry().id().equals(id))
                .findFirst()
                .orElseThrow();
        try {
            fault.injection().into(replica);
        } catch (SQLException e) {
            throw new IllegalStateException("the fault " + id + " could not be put in: " + e.getMessage(), e);
        }
    }

    private static Stream<Known> known() {
        return Stream.of(
                        ClusterFaults.all().stream().map(Faults::ofCluster),
                        DatabaseFaults.all().stream().map(Faults::ofDatabase),
                        ReplicaFaults.all().stream().map(Faults::ofService),
                        CheckoutFaults.all().stream().map(Faults::ofCheckout))
                .flatMap(faults -> faults);
    }

    private static Known ofCluster(Fault<ClusterReplica> fault) {
        return new Known(new Entry(fault.id(), fault.description()), replica -> {
            fault.inject(replica.cluster());
            try {
                Awaitility.await("the fault " + fault.id() + " to show")
                        .atMost(SHOWS_WITHIN)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> fault.shows(replica.cluster()));
            } catch (ConditionTimeoutException e) {
                throw new IllegalStateException(
                        "the fault " + fault.id() + " did not show within " + SHOWS_WITHIN.toSeconds() + " s", e);
            }
        });
    }

    private static Known ofDatabase(DatabaseFault fault) {
        return new Known(new Entry(fault.id(), fault.description()), replica -> fault.inject(replica.database()));
    }

    private static Known ofService(ReplicaFault fault) {
        return new Known(new Entry(fault.id(), fault.description()), fault::inject);
    }

    private static Known ofCheckout(CheckoutFault fault) {
        return new Known(new Entry(fault.id(), fault.description()), fault::inject);
    }
}
