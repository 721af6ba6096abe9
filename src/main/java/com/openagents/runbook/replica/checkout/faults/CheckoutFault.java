package com.openagents.runbook.replica.checkout.faults;

import com.openagents.runbook.replica.Replica;
import java.io.IOException;
import java.sql.SQLException;

/**
 * A defect that somebody makes in a working copy or in its database.
 *
 * @param id a short name in words joined by hyphens
 * @param description what is wrong once it is in, as a sentence without full stop
 */
public record CheckoutFault(String id, String description, Defect defect) {

    /** Makes it. */
    @FunctionalInterface
    interface Defect {
        void make(Replica replica) throws IOException, SQLException;
    }

    public void inject(Replica replica) throws SQLException {
        try {
            defect.make(replica);
        } catch (IOException e) {
            throw new IllegalStateException("the checkout of the replica could not be changed", e);
        }
    }
}
