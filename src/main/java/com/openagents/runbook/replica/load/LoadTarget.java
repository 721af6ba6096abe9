package com.openagents.runbook.replica.load;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * What traffic is made against.
 *
 * @param pods where the pods are, read anew each time because pods come and go; never empty
 * @param database where runs are put in, for no endpoint makes them (contract 3.4)
 * @param signatureSecret signs requests, read anew for each
 * @param controlPlane mints the tokens of sync clients
 * @param apiToken what clients show to the mint
 * @param user in whose name all is done
 */
public record LoadTarget(
        Supplier<List<URI>> pods,
        DataSource database,
        Supplier<String> signatureSecret,
        URI controlPlane,
        String apiToken,
        long user) {
    @Override
    public String toString() {
        return "traffic of user " + user + " against " + pods.get();
    }
}
