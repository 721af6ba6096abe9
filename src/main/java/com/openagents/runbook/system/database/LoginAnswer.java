package com.openagents.runbook.system.database;

import java.sql.SQLException;
import java.util.List;

/**
 * How the server answered a login.
 *
 * @param refused whether it refused the password or the user; anything else that went wrong is no refusal
 * @param command shows the same by hand
 */
public record LoginAnswer(String user, boolean refused, String words, String command) {
    /** The states of a login that is refused. */
    private static final List<String> REFUSED = List.of("28P01", "28000");

    /** Tries it. */
    static LoginAnswer of(DatabaseConnection as) {
        var command = new Psql(as).ready();
        try (var open =
                new ReadOnlySession(as).open(as.database(), as.password().get())) {
            return new LoginAnswer(as.user(), open.isClosed(), "it lets the user in", command);
        } catch (SQLException e) {
            boolean refused = REFUSED.contains(String.valueOf(e.getSQLState()));
            return new LoginAnswer(
                    as.user(), refused, Refusal.of(e, as.user(), as.database()).words(), command);
        }
    }
}
