package com.openagents.runbook.environment;

import java.util.function.Supplier;

/** Tells the person in front of the terminal what is being waited for, and the record how long it took. */
public interface Progress {

    /** Runs a phase; {@code what} says what is being done, for example {@code start PostgreSQL}. */
    <T> T phase(String what, Supplier<T> work);

    /** As {@link #phase}, for work without a result. */
    default void run(String what, Runnable work) {
        phase(what, () -> {
            work.run();
            return null;
        });
    }

    /** Says something about the phase that is under way. */
    void say(String what);
}
