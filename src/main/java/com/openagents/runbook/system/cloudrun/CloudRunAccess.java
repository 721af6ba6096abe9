package com.openagents.runbook.system.cloudrun;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to ask about the runtime on Cloud Run.
 *
 * @param base where the Admin API answers, without a path
 * @param service the name of the runtime's service
 * @param job the name of its migration job
 * @param database the name of the database that the job migrates, if it is known
 * @param receipt the file of the last chained deploy's receipt, if there is one to read
 * @param token an OAuth access token; asked for each time, for such tokens live for an hour
 * @param patience how long an answer may take
 */
public record CloudRunAccess(
        URI base,
        String project,
        String region,
        String service,
        String job,
        Optional<String> database,
        Optional<Path> receipt,
        Supplier<String> token,
        Duration patience) {
    public static final URI PUBLIC = URI.create("https://run.googleapis.com");

    @Override
    public String toString() {
        return "Cloud Run project " + project + ", region " + region + ", at " + base;
    }

    Gcloud gcloud() {
        return new Gcloud(project, region);
    }
}
