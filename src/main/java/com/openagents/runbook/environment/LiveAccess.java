package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.system.cloudrun.ApplicationDefaultToken;
import com.openagents.runbook.system.cloudrun.CloudRunAccess;
import com.openagents.runbook.system.database.DatabaseConnection;
import com.openagents.runbook.system.runtime.Principal;
import com.openagents.runbook.system.runtime.RuntimeAccess;
import com.openagents.runbook.system.sync.SyncAccess;
import com.openagents.runbook.system.sync.SyncSigning;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How systems that exist already are reached, as their environment's file says. */
final class LiveAccess {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LiveAccess() {}

    static Optional<DatabaseConnection> database(EnvironmentFile.Systems systems, SecretReference secrets) {
        return Optional.ofNullable(systems.database())
                .map(system -> new DatabaseConnection(
                        maintenanceDatabase(system.url()), system.user(), () -> secrets.resolve(system.password())));
    }

    /** @throws EnvironmentProblem if the Service is to be reached through the API server, and pods are not in that way */
    static void checkWays(EnvironmentFile.Systems systems) {
        var pods = Optional.ofNullable(systems.kubernetes()).map(EnvironmentFile.Kubernetes::pods);
        Stream.of(
                        Optional.ofNullable(systems.runtime()).map(EnvironmentFile.Runtime::url),
                        Optional.ofNullable(systems.sync()).map(EnvironmentFile.Sync::url))
                .flatMap(Optional::stream)
                .filter(EnvironmentFile::isThroughApiServer)
                .filter(url -> !pods.equals(Optional.of(
                        EnvironmentFile.FORWARDED.equals(url)
                                ? EnvironmentFile.Kubernetes.Pods.PORT_FORWARD
                                : EnvironmentFile.Kubernetes.Pods.API_PROXY)))
                .findFirst()
                .ifPresent(url -> {
                    throw new EnvironmentProblem("a url of " + url + " goes through systems.kubernetes with pods: "
                            + url + ", which is missing");
                });
    }

    /** @param forward present if the URL goes through the API server */
    static URI uri(String url, Optional<ServiceForward> forward) {
        return EnvironmentFile.isThroughApiServer(url) ? forward.orElseThrow().uri() : URI.create(url);
    }

    static RuntimeAccess runtime(
            EnvironmentFile.Runtime system, URI service, Supplier<Map<String, URI>> pods, SecretReference secrets) {
        return new RuntimeAccess(
                service,
                pods,
                () -> secrets.resolve(system.signatureSecret()),
                Principal.user(system.user()),
                PATIENCE);
    }

    static SyncAccess sync(
            EnvironmentFile.Sync system, URI service, Supplier<Map<String, URI>> pods, SecretReference secrets) {
        var signing = new SyncSigning(
                system.keyId(),
                () -> secrets.resolve(system.signingKey()),
                system.issuer(),
                Optional.ofNullable(system.audience()).orElse(SyncSigning.AUDIENCE),
                Optional.ofNullable(system.claimsVersion()).orElse(SyncSigning.CLAIMS_VERSION));
        return new SyncAccess(service, pods, signing, PATIENCE);
    }

    static CloudRunAccess cloudRun(EnvironmentFile.CloudRun system, SecretReference secrets, Redactor redactor) {
        var defaults = new ApplicationDefaultToken(PATIENCE, redactor::hide);
        return new CloudRunAccess(
                Optional.ofNullable(system.url()).map(URI::create).orElse(CloudRunAccess.PUBLIC),
                system.project(),
                system.region(),
                Optional.ofNullable(system.service()).orElse("runtime"),
                Optional.ofNullable(system.job()).orElse("runtime-migrate"),
                Optional.ofNullable(system.database()),
                Optional.ofNullable(system.receipt()).map(Path::of),
                Optional.ofNullable(system.token())
                        .<Supplier<String>>map(reference -> () -> secrets.resolve(reference))
                        .orElse(defaults),
                PATIENCE);
    }

    /** Questions about the whole server are asked in the database that every server has. */
    private static String maintenanceDatabase(String url) {
        return url.endsWith("/") ? url + "postgres" : url;
    }
}
