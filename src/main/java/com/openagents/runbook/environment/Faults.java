package com.openagents.runbook.environment;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.database.faults.DatabaseFault;
import com.openagents.runbook.replica.database.faults.DatabaseFaults;
import java.sql.SQLException;
import java.util.List;

/** The faults that an embedded environment can be given. */
public final class Faults {
    /** A fault in a list. */
    public record Entry(String id, String description) {}

    /** A defect on its way into a replica. */
    @FunctionalInterface
    interface Injection {
        void inject(Replica replica);
    }

    private Faults() {}

    public static List<Entry> all() {
        return DatabaseFaults.all().stream()
                .map(fault -> new Entry(fault.id(), fault.description()))
                .toList();
    }

    /** The fault of that id, which must be one of {@link #all}. */
    static Injection byId(String id) {
        return DatabaseFaults.byId(id).map(Faults::injection).orElseThrow();
    }

    private static Injection injection(DatabaseFault fault) {
        return replica -> {
            try {
                fault.inject(replica.database());
            } catch (SQLException e) {
                throw new IllegalStateException("the fault " + fault.id() + " could not be put in", e);
            }
        };
    }
}
