package com.openagents.runbook.replica.cloudrun;

import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The runtime on Cloud Run. It is changed by what the scripts under {@code deploy/cloudrun} do (contract 2.1, 2.2) and
 * read by the Admin API v2. Its migrations really migrate.
 */
public final class CloudRunReplica implements AutoCloseable {
    public static final String PROJECT = "openagents-replica";
    public static final String REGION = "us-central1";
    public static final String SERVICE = "runtime";
    public static final String JOB = "runtime-migrate";

    /** What the job runs, and the expression to which the script falls back (contract 2.2). */
    public static final String VERIFYING = "OpenAgentsRuntime.Release.migrate_and_verify!()";

    public static final String FALLBACK = "OpenAgentsRuntime.Release.migrate()";

    private final CloudRunState state = new CloudRunState();
    private final CloudRunOptions options;
    private final AdminApi api;

    private CloudRunReplica(CloudRunOptions options) {
        this.options = options;
        api = AdminApi.start(options.token(), state::moment);
    }

    /** Starts it as two good deploys leave it. */
    public static CloudRunReplica start(CloudRunOptions options, String previousImage, String image) {
        var replica = new CloudRunReplica(options);
        try {
            replica.deployAndMigrate(previousImage);
            replica.deployAndMigrate(image);
            return replica;
        } catch (RuntimeException e) {
            replica.close();
            throw e;
        }
    }

    /**
     * The chained deploy: the service, then the job, then its execution, then the receipt.
     *
     * @throws IllegalStateException if the migration fails
     */
    public void deployAndMigrate(String image) {
        deploy(image);
        updateJob(image, VERIFYING);
        if (!executeJob(Map.of())) {
            throw new IllegalStateException("the migration of the healthy replica fails on Cloud Run");
        }
        writeReceipt(image, Instant.now());
    }

    /** A new revision, which takes all traffic. */
    public void deploy(String image) {
        state.deploy(image);
    }

    public void updateJob(String image, String expression) {
        state.updateJob(image, List.of("bin/openagents_runtime"), List.of("eval", expression));
    }

    /**
     * Runs the job as it is and waits for it.
     *
     * @param overrides variables that this execution has instead of the job's
     * @return whether it succeeded
     */
    public boolean executeJob(Map<String, String> overrides) {
        var variables = new HashMap<>(options.variables());
        variables.putAll(overrides);
        var execution = state.begin();
        boolean succeeded = MigrationProgram.run(execution.job().arguments(), variables) == 0;
        state.end(execution, succeeded);
        return succeeded;
    }

    /** The job is deleted and made again as it was, and with it goes its history. */
    public void recreateJob() {
        state.recreateJob();
    }

    /** All requests go to the revision before the newest, as after a rollback. */
    public void shiftTrafficBack() {
        state.shiftTraffic(1);
    }

    /** Leaves the receipt of a deploy in the place of the one before (contract 2.1). */
    public void writeReceipt(String image, Instant at) {
        var receipt = Json.object(
                "timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString(),
                "project", PROJECT,
                "region", REGION,
                "runtime_service", SERVICE,
                "migrate_job", JOB,
                "image", image,
                "deployed_image", image,
                "verify_db_role_isolation", 1,
                "verify_image_alignment", 1);
        try {
            Files.writeString(options.receipt(), Json.write(receipt));
        } catch (IOException e) {
            throw new UncheckedIOException("the receipt of the deploy could not be written", e);
        }
    }

    /** Where the migration job finds its database; it holds a password. */
    public String databaseUrl() {
        return options.variables().get("DATABASE_URL");
    }

    public URI uri() {
        return api.uri();
    }

    public String token() {
        return options.token();
    }

    public Path receipt() {
        return options.receipt();
    }

    @Override
    public void close() {
        api.close();
    }
}
