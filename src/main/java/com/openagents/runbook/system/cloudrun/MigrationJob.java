package com.openagents.runbook.system.cloudrun;

import java.time.Instant;

/** The migration job as its next execution would run it. */
public record MigrationJob(String name, Container container, Instant at, Gcloud gcloud) {}
