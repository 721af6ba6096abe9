package com.openagents.runbook.safety;

/**
 * What a drill does to the database. Each method throws {@link IllegalStateException} if the database does not let us, or
 * does not answer.
 */
public interface DatabaseHands {

    /** The words of the statement never hold the password in plain. */
    void changePassword(String role, String password);

    /** Ends every session of a role, as a failover does. */
    void cutSessions(String role);

    /**
     * Keeps everybody else from a table, as a migration that goes wrong does, until the work is done. Where this process is
     * killed, the server lets the table go by itself.
     */
    void hold(String table, Runnable meanwhile);
}
