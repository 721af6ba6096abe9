package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.replica.load.LoadTarget;
import com.openagents.runbook.system.Recent;
import com.openagents.runbook.system.database.DatabaseExpectations;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** What the clients of a drill need to know of an environment that exists already. */
final class LiveLoad {
    /** Where the URL names no database. */
    private static final String DATABASE =
            DatabaseExpectations.defaults().databases().get(0);

    private LiveLoad() {}

    /**
     * @param pods where clients reach them one by one; otherwise they go to the Service
     * @throws CouldNotCheck if the environment leaves out a system that clients need
     */
    static LoadTarget target(EnvironmentFile file, Optional<PodAddresses> pods, SecretReference secrets) {
        var systems = file.systems();
        var runtime = needed(systems.runtime(), file, "runtime");
        var controlPlane = needed(systems.controlPlane(), file, "control-plane");
        var database = needed(systems.database(), file, "database");
        if (EnvironmentFile.PROXIED.equals(runtime.url())) {
            throw new CouldNotCheck("the clients of a drill open sync sockets: " + PodAddresses.NO_SOCKETS);
        }
        var source = new PGSimpleDataSource();
        source.setUrl(database.url().endsWith("/") ? database.url() + DATABASE : database.url());
        source.setUser(database.user());
        source.setPassword(secrets.resolve(database.password()));
        return new LoadTarget(
                Recent.second(() -> pods.map(PodAddresses::ready).orElseGet(() -> List.of(URI.create(runtime.url())))),
                URI.create(controlPlane.url()),
                () -> secrets.resolve(controlPlane.apiToken()),
                Recent.second(() -> secrets.resolve(runtime.signatureSecret())),
                runtime.user(),
                source);
    }

    private static <T> T needed(T system, EnvironmentFile file, String word) {
        return Optional.ofNullable(system)
                .orElseThrow(() -> new CouldNotCheck("environment '" + file.name() + "' offers no " + word
                        + ", which the clients of a drill need: add systems." + word + " to its file"));
    }
}
