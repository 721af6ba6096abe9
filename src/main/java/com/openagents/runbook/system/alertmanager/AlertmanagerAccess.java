package com.openagents.runbook.system.alertmanager;

import java.net.URI;
import java.time.Duration;

/**
 * How to ask an Alertmanager.
 *
 * @param base where it answers; its path, if any, stands before {@code /api}
 * @param patience how long an answer may take
 */
public record AlertmanagerAccess(URI base, Duration patience) {}
