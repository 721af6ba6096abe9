package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.cloudrun.CloudRunReplica;
import com.openagents.runbook.replica.cluster.ClusterReplica;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What goes wrong between a deploy on Cloud Run and its migration (runbook 6.3 to 6.7, contract 18.2). */
final class CloudRunFaults {
    private static final String BY_HAND = ClusterReplica.IMAGE.replaceFirst(":[^:]*$", ":9e44c07d1b5a");
    private static final Duration A_WEEK = Duration.ofDays(7);

    private CloudRunFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                new OnCloudRun(
                        "image-drift",
                        "Somebody gave the migration job on Cloud Run the image of the release before.",
                        cloud -> cloud.updateJob(ClusterReplica.PREVIOUS_IMAGE, CloudRunReplica.VERIFYING)),
                new OnCloudRun(
                        "job-arguments-fallback",
                        "The deploy fell back to migrate() once, and the job kept it, as published (B7).",
                        cloud -> {
                            cloud.updateJob(ClusterReplica.IMAGE, CloudRunReplica.FALLBACK);
                            cloud.executeJob(Map.of());
                        }),
                new OnCloudRun(
                        "execution-failed",
                        "The newest execution of the migration job came to the database with a password of yesterday.",
                        CloudRunFaults::executeWithStalePassword),
                new OnCloudRun(
                        "no-execution",
                        "The migration job was deleted and made again, and never executed since.",
                        CloudRunReplica::recreateJob),
                new OnCloudRun(
                        "traffic-on-old-revision",
                        "All requests go to the revision before the newest, and no image check notices (B6).",
                        CloudRunReplica::shiftTrafficBack),
                new OnCloudRun(
                        "deploy-without-migration",
                        "An image was deployed by gcloud run deploy, and nobody migrated.",
                        cloud -> cloud.deploy(BY_HAND)),
                new OnCloudRun(
                        "unsigned-receipt",
                        "The last deploy stopped before it wrote its receipt, as published (B1): nobody signed for it.",
                        cloud -> cloud.writeReceipt(
                                ClusterReplica.PREVIOUS_IMAGE, Instant.now().minus(A_WEEK))));
    }

    private static void executeWithStalePassword(CloudRunReplica cloud) {
        if (cloud.executeJob(Map.of("DATABASE_URL", cloud.databaseUrl().replaceFirst(":[^:@]+@", ":yesterday@")))) {
            throw new IllegalStateException("the migration succeeded with a password that is none");
        }
    }

    private record OnCloudRun(String id, String description, Consumer<CloudRunReplica> defect) implements ReplicaFault {
        @Override
        public void inject(Replica replica) {
            defect.accept(replica.cloudRun());
        }

        @Override
        public void heal(Replica replica) {
            replica.cloudRun().deployAndMigrate(ClusterReplica.IMAGE);
        }
    }
}
