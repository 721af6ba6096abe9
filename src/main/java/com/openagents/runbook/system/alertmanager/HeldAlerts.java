package com.openagents.runbook.system.alertmanager;

import java.time.Instant;
import java.util.List;

/**
 * The alerts that an Alertmanager holds, those that began first at the front.
 *
 * @param command the command that shows them by hand
 */
public record HeldAlerts(List<HeldAlert> alerts, Instant at, String command) {
    public HeldAlerts {
        alerts = List.copyOf(alerts);
    }
}
