package com.openagents.runbook.system.grafana;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the operations dashboard is.
 *
 * @param grafana the Grafana that shows it, if there is one
 * @param token a token of a Grafana service account, where one is needed
 * @param file the file that the dashboard is made from
 * @param patience how long an answer may take
 */
public record GrafanaAccess(Optional<URI> grafana, Optional<Supplier<String>> token, Path file, Duration patience) {}
