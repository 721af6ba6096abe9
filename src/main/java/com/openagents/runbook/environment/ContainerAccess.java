package com.openagents.runbook.environment;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.ReplicaSecrets;
import com.openagents.runbook.replica.containers.ContainerImages;
import com.openagents.runbook.replica.containers.ContainerReplica;
import com.openagents.runbook.replica.containers.ReachableReplica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the systems of a replica in containers are, in the words of an environment that exists already. */
final class ContainerAccess {
    /** The context of the kubeconfig that a k3s writes. */
    private static final String CONTEXT = "default";

    private ContainerAccess() {}

    static ContainerImages images(EnvironmentFile file) {
        var standard = ContainerImages.OFFICIAL;
        var containers = Optional.ofNullable(file.containers());
        var named = containers
                .map(Containers::images)
                .orElse(new Containers.Images(null, null, null, null, null, null, null));
        return new ContainerImages(
                Optional.ofNullable(named.kubernetes()).orElse(standard.kubernetes()),
                Optional.ofNullable(named.database()).orElse(standard.database()),
                Optional.ofNullable(named.prometheus()).orElse(standard.prometheus()),
                Optional.ofNullable(named.alertmanager()).orElse(standard.alertmanager()),
                Optional.ofNullable(named.grafana()),
                Optional.ofNullable(named.java()).orElse(standard.java()),
                Optional.ofNullable(named.runtime()),
                containers
                        .map(Containers::pull)
                        .map(pull -> ContainerImages.Pull.valueOf(pull.toUpperCase(Locale.ROOT)))
                        .orElse(standard.pull()));
    }

    /** Whether a Grafana is started: its image is named, and it is asked and is not elsewhere. */
    static boolean startsGrafana(EnvironmentFile file) {
        var grafana = file.systems().grafana();
        return images(file).grafana().isPresent() && grafana != null && grafana.url() == null;
    }

    /** Where the systems of the containers are; one that the file names elsewhere stays there, one that it leaves out too. */
    static EnvironmentFile.Systems systems(EnvironmentFile.Systems wanted, ReachableReplica replica) {
        var namespace = wanted.kubernetes().namespace();
        var secret = "secret:" + namespace + "/runtime-secrets/";
        return new EnvironmentFile.Systems(
                new EnvironmentFile.Kubernetes(
                        CONTEXT,
                        kubeconfig(replica).toString(),
                        namespace,
                        EnvironmentFile.Kubernetes.Pods.PORT_FORWARD,
                        wanted.kubernetes().rateLimit()),
                unlessLeftOut(wanted.database(), () -> database(replica)),
                unlessLeftOut(
                        wanted.runtime(),
                        () -> new EnvironmentFile.Runtime(
                                EnvironmentFile.FORWARDED, secret + "RUNTIME_SIGNATURE_SECRET", Replica.USER)),
                unlessLeftOut(
                        wanted.sync(),
                        () -> new EnvironmentFile.Sync(
                                EnvironmentFile.FORWARDED,
                                replica.access().secrets().runtime().get(ReplicaSecrets.SYNC_KEY_ID),
                                secret + ReplicaSecrets.SYNC_KEY,
                                Replica.SYNC_ISSUER,
                                null,
                                null)),
                unlessLeftOut(
                        wanted.controlPlane(),
                        () -> new EnvironmentFile.ControlPlane(
                                replica.access().controlPlane().toString(),
                                "file:"
                                        + kept(
                                                replica,
                                                "api-token",
                                                replica.access().secrets().apiToken()))),
                wanted.checkout() == null || wanted.checkout().path() == null ? null : wanted.checkout(),
                unlessLeftOut(
                        wanted.prometheus(),
                        () -> endpoint(
                                wanted.prometheus(),
                                replica.access().prometheus().toString())),
                unlessLeftOut(
                        wanted.alertmanager(),
                        () -> endpoint(
                                wanted.alertmanager(),
                                replica.access().alertmanager().toString())),
                Optional.ofNullable(replica.access().grafana())
                        .map(own -> new EnvironmentFile.Endpoint(own.toString(), null))
                        .orElse(wanted.grafana()),
                wanted.cloudRun() == null || wanted.cloudRun().project() == null ? null : wanted.cloudRun());
    }

    private static EnvironmentFile.Database database(ReachableReplica replica) {
        var database = replica.database();
        return new EnvironmentFile.Database(
                database.jdbcUrl(""),
                DatabaseReplica.POSTGRES,
                "file:" + kept(replica, "database", database.password(DatabaseReplica.POSTGRES)));
    }

    private static <T> T unlessLeftOut(T wanted, Supplier<T> own) {
        return wanted == null ? null : own.get();
    }

    private static EnvironmentFile.Endpoint endpoint(EnvironmentFile.Endpoint wanted, String own) {
        return wanted.url() != null ? wanted : new EnvironmentFile.Endpoint(own, null);
    }

    private static Path kubeconfig(ReachableReplica replica) {
        return replica.kubeconfigFile()
                .orElseGet(() -> kept(
                        replica, ContainerReplica.KUBECONFIG, replica.access().kubeconfig()));
    }

    private static Path kept(ReachableReplica replica, String name, String secret) {
        try {
            var file = Files.createFile(
                    replica.work().resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, secret);
        } catch (IOException e) {
            throw new UncheckedIOException("the work folder of the replica cannot be written", e);
        }
    }
}
