package com.openagents.runbook.safety;

/** Clients that use the runtime while a drill changes it: runs with their streams, workers, and many sync sockets. */
public interface Clients extends AutoCloseable {

    /** How many updates came to them until now. */
    long updates();

    /** How many runs they have begun until now; each of them begins another one when its run has ended. */
    long runsBegun();

    /** Lets everything end that was begun, waits for what is still to come, and tells what came of it. */
    ClientsReport stop();

    /** Breaks off. */
    @Override
    void close();
}
