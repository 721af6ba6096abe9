package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.database.DatabaseReplica;
import java.nio.file.Path;
import java.util.Optional;

/** A runtime in containers, whoever started them. Closing it removes what whoever closes it has made. */
public interface ReachableReplica extends AutoCloseable {
    /** Where everything is, once all of it was started. */
    ReplicaAccess access();

    DatabaseReplica database();

    /** A file with the kubeconfig that stays for as long as the containers, if somebody else has written one. */
    Optional<Path> kubeconfigFile();

    /** What is no container. */
    StandIns standIns();

    /** The folder of what this process writes; gone when it closes. */
    Path work();

    @Override
    void close();
}
