package com.openagents.runbook.environment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.openagents.runbook.system.SystemName;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An environment as its file describes it. {@code environments/schema.json} says what each part means.
 *
 * @param name the file's name without its ending
 * @param signingKey where the key is that its runs are signed with; null if they are not
 */
record EnvironmentFile(
        String name,
        Kind kind,
        String description,
        Systems systems,
        Replica replica,
        Limits thresholds,
        List<String> must,
        List<String> allows,
        Drills drills,
        Containers containers,
        Waivers waivers,
        @JsonProperty("signing-key") String signingKey,
        Publish publish,
        @JsonProperty("notify") Notify notifies) {

    /** In the place of a URL: the Service of the runtime, through the API server. */
    static final String FORWARDED = "port-forward";

    /** Likewise, by its proxy instead. */
    static final String PROXIED = "api-proxy";

    static boolean isThroughApiServer(String url) {
        return FORWARDED.equals(url) || PROXIED.equals(url);
    }

    enum Kind {
        @JsonProperty("embedded")
        EMBEDDED,
        @JsonProperty("containers")
        CONTAINERS,
        @JsonProperty("live")
        LIVE;

        /** As the file says it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Systems(
            Kubernetes kubernetes,
            Database database,
            Runtime runtime,
            Sync sync,
            @JsonProperty("control-plane") ControlPlane controlPlane,
            Checkout checkout,
            Endpoint prometheus,
            Endpoint alertmanager,
            Endpoint grafana,
            @JsonProperty("cloud-run") CloudRun cloudRun) {
        /** Whether the Service of the runtime is reached through the API server. */
        boolean forwardsService() {
            return runtime != null && isThroughApiServer(runtime.url())
                    || sync != null && isThroughApiServer(sync.url());
        }
    }

    /** @param token where its bearer token is, if it needs one */
    record Endpoint(String url, String token) {}

    /**
     * @param pods how this machine reaches pods one by one; null if it does not
     * @param rateLimit null where the standard is meant
     */
    record Kubernetes(
            String context,
            String kubeconfig,
            String namespace,
            Pods pods,
            @JsonProperty("rate-limit") RateLimit rateLimit) {
        enum Pods {
            @JsonProperty("address")
            ADDRESS,
            @JsonProperty("port-forward")
            PORT_FORWARD,
            @JsonProperty("api-proxy")
            API_PROXY
        }
    }

    /** At most so many requests to the API server within a time. */
    record RateLimit(Integer requests, String within) {}

    record Database(String url, String user, String password) {}

    record Runtime(
            String url, @JsonProperty("signature-secret") String signatureSecret, Long user) {}

    record Sync(
            String url,
            @JsonProperty("key-id") String keyId,
            @JsonProperty("signing-key") String signingKey,
            String issuer,
            String audience,
            @JsonProperty("claims-version") String claimsVersion) {}

    record ControlPlane(
            String url, @JsonProperty("api-token") String apiToken) {}

    record Checkout(String path) {}

    /** Where {@code token} is left out, the application-default credentials are asked. */
    record CloudRun(
            String url,
            String project,
            String region,
            String service,
            String job,
            String database,
            String receipt,
            String token) {}

    record Replica(
            Double speed, @JsonProperty("alert-speed") Double alertSpeed, Map<String, Long> settings, Boolean load) {}

    /** @param operator commands for what is beside the runtime; null if a drill may do none of it */
    record Drills(Integer clients, CommandOperator.Commands operator) {}

    /** @param longest how long a waiver may be */
    record Waivers(String longest) {}

    EnvironmentFile named(String newName) {
        return with(newName, kind, systems);
    }

    /** The same with other systems, as an environment that exists already. */
    EnvironmentFile live(Systems there) {
        return with(name, Kind.LIVE, there);
    }

    private EnvironmentFile with(String newName, Kind newKind, Systems newSystems) {
        return new EnvironmentFile(
                newName,
                newKind,
                description,
                newSystems,
                replica,
                thresholds,
                must,
                allows,
                drills,
                containers,
                waivers,
                signingKey,
                publish,
                notifies);
    }

    /** Whether it has a cluster that exists already. */
    boolean hasCluster() {
        return kind == Kind.LIVE && systems.kubernetes() != null;
    }

    /** What the replica's runtime finds in its environment in the place of the published settings. */
    Map<String, String> settings() {
        var variables = new HashMap<String, String>();
        Optional.ofNullable(replica)
                .map(Replica::settings)
                .orElse(Map.of())
                .forEach((name, value) ->
                        variables.put("OA_REPLICA_" + name.toUpperCase(Locale.ROOT), String.valueOf(value)));
        return variables;
    }

    /** Whether the file allows it, for example {@code drill}. */
    boolean allows(String what) {
        return Optional.ofNullable(allows).orElse(List.of()).contains(what);
    }

    /** Whether a secret that a run against these systems needs is found by a reference into this namespace. */
    boolean readsSecretsOf(String namespace, Set<SystemName> asked) {
        return references(asked).anyMatch(reference -> reference.startsWith("secret:" + namespace + "/"));
    }

    /** All that is found on this machine, and of the cluster's what a run against these systems may read anyway. */
    List<String> secretsToMask(Set<SystemName> asked) {
        var here = references(EnumSet.allOf(SystemName.class)).filter(reference -> !reference.startsWith("secret:"));
        return Stream.concat(here, references(asked)).distinct().toList();
    }

    /** Where the secrets are that a run against these systems needs. */
    Stream<String> references(Set<SystemName> asked) {
        var references = Map.of(
                SystemName.DATABASE, Optional.ofNullable(systems.database()).map(Database::password),
                SystemName.RUNTIME, Optional.ofNullable(systems.runtime()).map(Runtime::signatureSecret),
                SystemName.SYNC, Optional.ofNullable(systems.sync()).map(Sync::signingKey),
                SystemName.CONTROL_PLANE,
                        Optional.ofNullable(systems.controlPlane()).map(ControlPlane::apiToken),
                SystemName.PROMETHEUS, Optional.ofNullable(systems.prometheus()).map(Endpoint::token),
                SystemName.ALERTMANAGER,
                        Optional.ofNullable(systems.alertmanager()).map(Endpoint::token),
                SystemName.GRAFANA, Optional.ofNullable(systems.grafana()).map(Endpoint::token),
                SystemName.CLOUD_RUN, Optional.ofNullable(systems.cloudRun()).map(CloudRun::token));
        return Stream.concat(
                asked.stream().flatMap(system -> references.getOrDefault(system, Optional.empty()).stream()),
                Stream.of(
                                Stream.ofNullable(signingKey),
                                Stream.ofNullable(publish).flatMap(Publish::references),
                                Stream.ofNullable(notifies).flatMap(Notify::references))
                        .flatMap(more -> more));
    }

    /** Whether containers that {@code up} keeps are used. */
    boolean reuses() {
        return Optional.ofNullable(containers).map(Containers::reuse).orElse(false);
    }

    /** How many sync clients use the runtime during a drill. */
    int drillClients() {
        return Optional.ofNullable(drills).map(Drills::clients).orElse(50);
    }

    /** Whether the replica has ordinary traffic. */
    boolean load() {
        return Optional.ofNullable(replica).map(Replica::load).orElse(true);
    }

    /** How many times shorter than published the windows of the alert rules are. */
    double alertSpeed() {
        return Optional.ofNullable(replica).map(Replica::alertSpeed).orElse(1.0);
    }

    double speed() {
        return Optional.ofNullable(replica).map(Replica::speed).orElse(1.0);
    }
}
