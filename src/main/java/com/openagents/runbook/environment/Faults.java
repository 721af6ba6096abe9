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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The faults that an embedded environment can be given. */
public final class Faults {
    private static final Duration SHOWS_WITHIN = Duration.ofSeconds(90);

    /** A fault in a list. */
    public record Entry(String id, String description) {}

    /** @param healing takes it away again; empty for a fault that stays as long as its replica */
    private record Known(
            Entry entry, Injection injection, Consumer<Replica> showing, Optional<Consumer<Replica>> healing) {}

    @FunctionalInterface
    private interface Injection {
        void into(Replica replica) throws SQLException;
    }

    private Faults() {}

    public static List<Entry> all() {
        return known().map(Known::entry).toList();
    }

    /**
     * Puts a fault into a healthy replica; see {@link #awaitShown}.
     *
     * @param id one of {@link #all}
     * @return what takes it away again, if anything does; what it did meanwhile stays on record
     */
    static Optional<Runnable> inject(String id, Replica replica) {
        var fault = find(id);
        try {
            fault.injection().into(replica);
        } catch (SQLException e) {
            throw new IllegalStateException("the fault " + id + " could not be put in: " + e.getMessage(), e);
        }
        return fault.healing().map(healing -> () -> healing.accept(replica));
    }

    /** Returns when a fault that was put in can be seen by somebody who looks. */
    static void awaitShown(String id, Replica replica) {
        find(id).showing().accept(replica);
    }

    /** Whether the fault can be taken away while its replica goes on. */
    public static boolean canHeal(String id) {
        return find(id).healing().isPresent();
    }

    private static Known find(String id) {
        return known().filter(known -> known.entry().id().equals(id))
                .findFirst()
                .orElseThrow();
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
        return new Known(
                new Entry(fault.id(), fault.description()),
                replica -> fault.inject(replica.cluster()),
                replica -> awaitShown(fault, replica.cluster()),
                Optional.empty());
    }

    private static void awaitShown(Fault<ClusterReplica> fault, ClusterReplica cluster) {
        try {
            Awaitility.await("the fault " + fault.id() + " to show")
                    .atMost(SHOWS_WITHIN)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> fault.shows(cluster));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    "the fault " + fault.id() + " did not show within " + SHOWS_WITHIN.toSeconds() + " s", e);
        }
    }

    private static Known ofDatabase(DatabaseFault fault) {
        return atOnce(new Entry(fault.id(), fault.description()), replica -> fault.inject(replica.database()));
    }

    private static Known ofService(ReplicaFault fault) {
        return new Known(
                new Entry(fault.id(), fault.description()),
                fault::inject,
                fault::awaitShown,
                fault.canHeal() ? Optional.of(fault::heal) : Optional.empty());
    }

    private static Known ofCheckout(CheckoutFault fault) {
        return atOnce(new Entry(fault.id(), fault.description()), fault::inject);
    }

    private static Known atOnce(Entry entry, Injection injection) {
        return new Known(entry, injection, replica -> {}, Optional.empty());
    }
}
