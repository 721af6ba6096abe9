package com.openagents.runbook.replica.database.faults;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.sql.SQLException;

/** One defect. The replica it was put into is spoiled for other uses. */
public interface DatabaseFault {
    /** A short name in words joined by hyphens. */
    String id();

    /** What is wrong once it is in, as a sentence without full stop. */
    String description();

    void inject(DatabaseReplica replica) throws SQLException;
}
