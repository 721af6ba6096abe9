package com.openagents.runbook.triage;

import com.openagents.runbook.triage.Seen.Got;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What triage shows, before it is written as text or HTML.
 *
 * @param suspicions what is probably wrong, the most probable first; none if nothing is out of order
 * @param silent what did not answer
 */
record Page(
        String environment,
        Instant at,
        Duration since,
        List<Suspicion> suspicions,
        List<Got<?>> silent,
        List<Block> blocks) {

    /**
     * One part of the page.
     *
     * @param statement the statement of the runbook that asks for it
     * @param notes lines before the table
     * @param rows each with as many cells as there are heads
     */
    record Block(String statement, String title, List<String> notes, List<String> heads, List<List<String>> rows) {
        Block {
            notes = List.copyOf(notes);
            heads = List.copyOf(heads);
            rows = List.copyOf(rows);
        }
    }
}
