package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.checkout.CheckoutReplica;
import com.openagents.runbook.replica.cloudrun.CloudRunReplica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.system.checkout.Checkout;
import com.openagents.runbook.system.cloudrun.CloudRunAccess;
import com.openagents.runbook.system.controlplane.ControlPlaneAccess;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.kubernetes.Silence;
import com.openagents.runbook.system.runtime.Principal;
import com.openagents.runbook.system.runtime.RuntimeAccess;
import com.openagents.runbook.system.sync.SyncAccess;
import com.openagents.runbook.system.sync.SyncSigning;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the systems of a replica are and who asks them. Secrets are read where the pods have them: in the cluster. */
final class EmbeddedAccess {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private EmbeddedAccess() {}

    static DatabaseConnection database(Replica replica) {
        var database = replica.database();
        return new DatabaseConnection(
                database.jdbcUrl("postgres"),
                DatabaseReplica.POSTGRES,
                () -> database.password(DatabaseReplica.POSTGRES));
    }

    static RuntimeAccess runtime(Replica replica) {
        return new RuntimeAccess(
                service(replica),
                pods(replica),
                () -> secret(replica, "RUNTIME_SIGNATURE_SECRET"),
                Principal.user(Replica.USER),
                PATIENCE);
    }

    static SyncAccess sync(Replica replica) {
        var signing = new SyncSigning(
                replica.secrets().runtime().get("OA_SYNC_TOKEN_KEY_ID"),
                () -> secret(replica, "OA_SYNC_TOKEN_SIGNING_KEY"),
                Replica.SYNC_ISSUER,
                SyncSigning.AUDIENCE,
                SyncSigning.CLAIMS_VERSION);
        return new SyncAccess(service(replica), pods(replica), signing, PATIENCE);
    }

    static ControlPlaneAccess controlPlane(Replica replica) {
        return new ControlPlaneAccess(
                replica.controlPlane().uri(), () -> replica.secrets().apiToken(), PATIENCE);
    }

    private static URI service(Replica replica) {
        return replica.cluster().serviceUri("runtime", "http");
    }

    private static Supplier<Map<String, URI>> pods(Replica replica) {
        var namespace = replica.cluster().namespace();
        return new PodAddresses(
                client(replica),
                namespace,
                new Silence(client(replica), namespace),
                EnvironmentFile.Kubernetes.Pods.ADDRESS);
    }

    private static String secret(Replica replica, String key) {
        var data = client(replica)
                .secrets()
                .inNamespace(replica.cluster().namespace())
                .withName("runtime-secrets")
                .get()
                .getData();
        if (!data.containsKey(key)) {
            throw new CouldNotCheck("there is no " + key + " in the Secret runtime-secrets to sign with");
        }
        return new String(Base64.getDecoder().decode(data.get(key)), StandardCharsets.UTF_8);
    }

    private static KubernetesClient client(Replica replica) {
        return replica.cluster().client();
    }

    static CloudRunAccess cloudRun(CloudRunReplica cloudRun) {
        return new CloudRunAccess(
                cloudRun.uri(),
                CloudRunReplica.PROJECT,
                CloudRunReplica.REGION,
                CloudRunReplica.SERVICE,
                CloudRunReplica.JOB,
                Optional.of(DatabaseReplica.DEV),
                Optional.of(cloudRun.receipt()),
                cloudRun::token,
                PATIENCE);
    }

    static Checkout checkout(CheckoutReplica checkout) {
        return new Checkout(checkout.folder(), List.of(checkout.programs()));
    }
}
