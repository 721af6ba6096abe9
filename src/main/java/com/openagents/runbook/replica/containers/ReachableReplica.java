package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.ReplicaSecrets;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A runtime in containers, whoever started them. Closing it removes what whoever closes it has made. */
public interface ReachableReplica extends AutoCloseable {
    DatabaseReplica database();

    ReplicaSecrets secrets();

    /** The kubeconfig of an administrator. */
    String kubeconfig();

    /** A file with it that stays for as long as the containers, if somebody else has written one. */
    Optional<Path> kubeconfigFile();

    /** The name under which the node knows the image of the runtime. */
    String image();

    URI controlPlane();

    URI prometheus();

    URI alertmanager();

    /** Empty where none was started. */
    Optional<URI> grafana();

    /** What is no container. */
    StandIns standIns();

    /** The folder of what this process writes; gone when it closes. */
    Path work();

    @Override
    void close();
}
