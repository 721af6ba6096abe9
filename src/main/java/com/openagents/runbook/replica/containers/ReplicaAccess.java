package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.ReplicaSecrets;
import com.openagents.runbook.replica.database.AttachedServer;
import java.net.URI;

/**
 * How the systems of a replica in containers are reached.
 *
 * @param kubeconfig of an administrator
 * @param image the name under which the node knows the image of the runtime
 * @param grafana null where none was started
 */
public record ReplicaAccess(
        String kubeconfig,
        String image,
        ReplicaSecrets secrets,
        AttachedServer.Access database,
        URI controlPlane,
        URI prometheus,
        URI alertmanager,
        URI grafana) {

    /** It shows no secret. */
    @Override
    public String toString() {
        return "the access to image " + image;
    }
}
