package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.controlplane.ControlPlane;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.config.RuntimeConfig;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** What shows only when something is changed: each breaks what one drill is about (runbook 5 to 8). */
final class DrillFaults {
    private static final String KEY_ID = "OA_SYNC_TOKEN_KEY_ID";
    private static final String KEY = "OA_SYNC_TOKEN_SIGNING_KEY";
    private static final String PREVIOUS_KEY_ID = "OA_SYNC_TOKEN_PREVIOUS_KEY_ID";
    private static final String PREVIOUS_KEY = "OA_SYNC_TOKEN_PREVIOUS_SIGNING_KEY";
    private static final Duration LASTS = Duration.ofMinutes(10);

    private DrillFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                withVariables(
                        "old-signature-accepted",
                        "the pods go on accepting the signature secret of before a rotation",
                        cluster ->
                                Map.of(RuntimeConfig.ALSO_ACCEPTED, cluster.secretValue("RUNTIME_SIGNATURE_SECRET"))),
                withVariables(
                        "old-sync-key-kept",
                        "the pods keep the sync key of before a rotation as their previous one",
                        cluster -> Map.of(
                                PREVIOUS_KEY_ID, cluster.secretValue(KEY_ID), PREVIOUS_KEY, cluster.secretValue(KEY))),
                withVariables(
                        "previous-sync-key-ignored",
                        "the pods do not look at the previous sync key",
                        cluster -> Map.of(PREVIOUS_KEY_ID, "", PREVIOUS_KEY, "")),
                new ProcessFault(
                        "pod-clocks-behind",
                        "the clocks of the pods are 15 seconds behind",
                        Set.of(),
                        Map.of(RuntimeConfig.CLOCK_BEHIND, "15")),
                atOnce(
                        "old-database-password-accepted",
                        "the database lets the runtime's role in with any password",
                        DrillFaults::trust),
                atOnce(
                        "old-internal-secret-trusted",
                        "the control plane goes on trusting the internal secret of before a rotation",
                        replica -> replica.controlPlane()
                                .restart(Map.of(
                                        ControlPlane.ALSO_TRUSTED,
                                        replica.secrets().internal()))),
                DamagedDatabase.doing(
                        "rollback-not-recorded",
                        "a migration that was taken back stays on record as applied",
                        "DELETE",
                        "public.schema_migrations",
                        "RETURN NULL;"),
                atOnce(
                        "edited-meanwhile",
                        "somebody edits the autoscaler while a drill goes on",
                        DrillFaults::editDuringTheNextDrill),
                atOnce(
                        "image-before-gone",
                        "the image of the release before was removed from the registry",
                        replica -> replica.cluster().images().remove(ClusterReplica.PREVIOUS_IMAGE)),
                DamagedDatabase.doing(
                        "young-sessions-lose-events",
                        "an event of a session that was opened just now is dropped without a word",
                        "INSERT",
                        "runtime.run_events",
                        "IF now() - (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())"
                                + " < interval ''20 seconds'' THEN RETURN NULL; END IF; RETURN NEW;"),
                DamagedDatabase.doing(
                        "reopened-sessions-lose-events",
                        "an event of a session that was opened after a cut is dropped without a word, if it is not the last",
                        "INSERT",
                        "runtime.run_events",
                        "IF NEW.event_type <> ''run.finished'' AND (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()) AT TIME ZONE ''utc''"
                                + " > (SELECT min(inserted_at) FROM runtime.runs) + interval ''8 seconds''"
                                + " THEN RETURN NULL; END IF; RETURN NEW;"),
                DamagedDatabase.doing(
                        "leases-stay-with-the-dead",
                        "nobody can take over the lease of another pod",
                        "UPDATE OF lease_owner",
                        "runtime.run_leases",
                        "IF NEW.lease_owner <> OLD.lease_owner THEN RETURN NULL; END IF; RETURN NEW;"),
                DamagedDatabase.doing(
                        "slow-events-dropped",
                        "an event that had to wait is dropped without a word",
                        "INSERT",
                        "runtime.run_events",
                        "IF clock_timestamp() - now() > interval ''1 second'' THEN RETURN NULL; END IF;"
                                + " RETURN NEW;"),
                atOnce(
                        "budget-lets-all-go",
                        "the disruption budget needs no pod at all",
                        replica -> replica.cluster()
                                .client()
                                .policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(replica.cluster().namespace())
                                .withName("runtime")
                                .edit(budget -> new PodDisruptionBudgetBuilder(budget)
                                        .editSpec()
                                        .withMinAvailable(new IntOrString(0))
                                        .endSpec()
                                        .build())));
    }

    private static ReplicaFault withVariables(
            String id, String description, Function<ClusterReplica, Map<String, String>> variables) {
        return atOnce(
                id,
                description,
                replica -> new ProcessFault(id, description, Set.of(), variables.apply(replica.cluster()))
                        .putInto(replica));
    }

    private static ReplicaFault atOnce(String id, String description, Consumer<Replica> act) {
        return new SpoiledReplica(id, description, act);
    }

    /** What spoils a replica for good. */
    private record SpoiledReplica(String id, String description, Consumer<Replica> act) implements ReplicaFault {
        @Override
        public void inject(Replica replica) {
            act.accept(replica);
        }

        @Override
        public void heal(Replica replica) {
            throw new UnsupportedOperationException(id + " stays as long as its replica");
        }

        @Override
        public boolean canHeal() {
            return false;
        }
    }

    private static void trust(Replica replica) {
        try (var connection = replica.database()
                        .dataSource(DatabaseReplica.DEV, DatabaseReplica.POSTGRES)
                        .getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW hba_file")) {
            row.next();
            var rules = Path.of(row.getString(1));
            var role = DatabaseReplica.RUNTIME_APP;
            Files.writeString(
                    rules,
                    "host all " + role + " 0.0.0.0/0 trust\nhost all " + role + " ::/0 trust\n"
                            + Files.readString(rules));
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("the rules of the database cannot be changed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A drill of a secret keeps the old values in a Secret of its own; that is the moment. */
    private static void editDuringTheNextDrill(Replica replica) {
        var client = replica.cluster().client();
        var namespace = replica.cluster().namespace();
        var somebody = new Thread(
                () -> {
                    Awaitility.await("a drill to begin")
                            .atMost(LASTS)
                            .until(() -> client.secrets()
                                            .inNamespace(namespace)
                                            .withName("runbook-before-runtime-secrets")
                                            .get()
                                    != null);
                    client.autoscaling()
                            .v2()
                            .horizontalPodAutoscalers()
                            .inNamespace(namespace)
                            .withName("runtime")
                            .edit(scaler -> new HorizontalPodAutoscalerBuilder(scaler)
                                    .editSpec()
                                    .withMaxReplicas(7)
                                    .endSpec()
                                    .build());
                },
                "somebody who edits");
        somebody.setDaemon(true);
        somebody.start();
    }
}
