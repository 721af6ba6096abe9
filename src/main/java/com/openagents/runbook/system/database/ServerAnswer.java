package com.openagents.runbook.system.database;

import java.util.Optional;

/**
 * How the server answered a request for a connection.
 *
 * @param server host and port
 * @param state what {@code pg_isready} would say
 * @param version the version of the server, where it told it
 * @param words the answer in words
 * @param command shows the same by hand
 */
public record ServerAnswer(String server, State state, Optional<String> version, String words, String command) {

    /** The answers of {@code pg_isready}. */
    public enum State {
        /** It takes connections, also when it then refuses this user. */
        ACCEPTING,
        /** It is there and takes none now: starting, stopping, or full. */
        REJECTING,
        /** Nothing that speaks PostgreSQL answers. */
        NO_ANSWER
    }
}
