package com.openagents.runbook.safety;

import com.openagents.runbook.evidence.CouldNotCheck;
import java.time.Duration;

/**
 * What a drill does to the database. Each method throws {@link CouldNotCheck} if the database does not let us, or does not
 * answer.
 */
public interface DatabaseHands {

    /** The words of the statement never hold the password in plain. */
    void changePassword(String role, String password);

    /** Ends every session of a role, as a failover does. */
    void cutSessions(String role);

    /**
     * Ends every session from an address, again and again, as if the network between it and the database were cut.
     *
     * @throws CouldNotCheck if there was no session from there: then something in between has its own address
     */
    void cutOff(String address, Duration time);

    /**
     * Keeps everybody else from a table, as a migration that goes wrong does, until the work is done. Where this process is
     * killed, the server lets the table go by itself.
     */
    void hold(String table, Runnable meanwhile);
}
