package com.openagents.runbook.system.grafana;

import java.time.Instant;
import java.util.List;

/**
 * A dashboard.
 *
 * @param source where it was read, for people
 * @param command the command that shows it by hand
 */
public record Dashboard(String uid, String title, List<Panel> panels, String source, Instant at, String command) {

    /** One picture with its queries. */
    public record Panel(String title, List<String> queries) {
        public Panel {
            queries = List.copyOf(queries);
        }
    }

    public Dashboard {
        panels = List.copyOf(panels);
    }
}
