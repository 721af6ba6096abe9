package com.openagents.runbook.replica.load;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * What the traffic goes to.
 *
 * @param pods the base URLs of the pods that serve; read anew for every request, because pods come and go
 * @param controlPlane the base URL of the token mint
 * @param apiToken what the mint asks for
 * @param signatureSecret what requests to the pods are signed with; read anew, so a rotated one is noticed
 * @param user whose API token that is, and who owns the runs and workers
 * @param database where runs are created, since no endpoint does it (contract 3.4)
 */
public record LoadTarget(
        Supplier<List<URI>> pods,
        URI controlPlane,
        Supplier<String> apiToken,
        Supplier<String> signatureSecret,
        long user,
        DataSource database) {
    @Override
    public String toString() {
        return "load of user " + user;
    }
}
