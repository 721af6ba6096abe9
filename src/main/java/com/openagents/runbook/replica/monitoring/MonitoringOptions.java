package com.openagents.runbook.replica.monitoring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * @param directory where configuration, data and logs go
 * @param cache where programs are kept between runs
 * @param targets what is to be scraped now; asked again and again, as pods come and go
 * @param pace how often targets are scraped and rules evaluated
 */
public record MonitoringOptions(Path directory, Path cache, Supplier<List<ScrapeTarget>> targets, Duration pace) {}
