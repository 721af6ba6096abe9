package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.ReplicaSecrets;
import com.openagents.runbook.replica.RuntimeImage;
import com.openagents.runbook.replica.checkout.CheckoutReplica;
import com.openagents.runbook.replica.cloudrun.CloudRunOptions;
import com.openagents.runbook.replica.cloudrun.CloudRunReplica;
import com.openagents.runbook.replica.cluster.ClusterReplica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What of a replica in containers is no container: the working copy and Cloud Run, both over the containers' database. */
public final class StandIns implements AutoCloseable {
    private final Path programs;
    private final Path work;
    private final ReplicaSecrets secrets;
    private final DatabaseReplica database;
    private CheckoutReplica checkout;
    private CloudRunReplica cloudRun;

    StandIns(Path programs, Path work, ReplicaSecrets secrets, DatabaseReplica database) {
        this.programs = programs;
        this.work = work;
        this.secrets = secrets;
        this.database = database;
    }

    /** A working copy of the repository; it is written when it is first asked for. */
    public synchronized CheckoutReplica checkout() {
        if (checkout == null) {
            var jvm = RuntimeImage.prepare(programs, fromHere()).jvm();
            checkout = CheckoutReplica.in(work.resolve("checkout"), jvm, database);
        }
        return checkout;
    }

    /** The same releases on a stand-in for Cloud Run; they are deployed there when somebody first asks. */
    public synchronized CloudRunReplica cloudRun() {
        if (cloudRun == null) {
            var options = new CloudRunOptions(secrets.cloudRun(), fromHere(), work.resolve("cloud-run-receipt.json"));
            cloudRun = CloudRunReplica.start(options, ClusterReplica.PREVIOUS_IMAGE, ClusterReplica.IMAGE);
        }
        return cloudRun;
    }

    /** What the pods know, with their database as this machine reaches it. */
    private Map<String, String> fromHere() {
        var variables = new HashMap<>(secrets.runtime());
        variables.put("DATABASE_URL", database.ectoUrl(DatabaseReplica.DEV));
        return variables;
    }

    @Override
    public synchronized void close() {
        if (cloudRun != null) {
            cloudRun.close();
        }
    }
}
