package com.openagents.runbook.replica.runtime;

import com.openagents.runbook.replica.runtime.json.Json;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/**
 * Puts fresh things in the place of their names in a row: {run} of user 7, {zero} of user 0, {guest} of guest scope g,
 * {other} that only has an ownership row, {new}, an id nobody has used, and {sync}, a good sync token.
 */
record RowNames(TestRuns runs) {

    Map<String, Object> fill(Map<String, Object> row) throws SQLException {
        var text = Json.write(row);
        if (text.contains("{run}")) {
            text = text.replace("{run}", runs.create());
        }
        if (text.contains("{zero}")) {
            text = text.replace("{zero}", owned("user_id = 0"));
        }
        if (text.contains("{guest}")) {
            text = text.replace("{guest}", owned("user_id = NULL, guest_scope = 'g'"));
        }
        if (text.contains("{other}")) {
            var other = "run-" + UUID.randomUUID();
            runs.own(other);
            text = text.replace("{other}", other);
        }
        text = text.replace("{sync}", SyncTokens.forTopics("runtime.notifications"));
        return Json.readObject(text.replace("{new}", "id-" + UUID.randomUUID()));
    }

    private String owned(String owner) throws SQLException {
        var run = runs.create();
        runs.execute("UPDATE runtime.run_ownerships SET " + owner + " WHERE run_id = ?", run);
        return run;
    }
}
