package com.openagents.runbook.replica.runtime.config;

import com.openagents.runbook.replica.faults.ProcessFaults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Everything the process is told at start (contract 0.3). Read once; only the write freeze is read per request. */
public record RuntimeConfig(
        Listener listener, DatabaseSettings database, String signatureSecret, Faults faults, Variables variables) {
    /** The variable of a fault: a secret that is accepted although it was rotated away. */
    public static final String ALSO_ACCEPTED = "OA_REPLICA_ALSO_ACCEPTED_SECRET";

    /** By how many seconds the clock of the internal API is behind, for drills. */
    public static final String CLOCK_BEHIND = "OA_REPLICA_RUNTIME_CLOCK_BEHIND_SECONDS";

    public static RuntimeConfig read(Variables variables) {
        var databaseUrl = variables.required("DATABASE_URL", "For example: ecto://USER:PASS@HOST/DATABASE");
        variables.required("SECRET_KEY_BASE", "You can generate one by calling: mix phx.gen.secret");
        var signatureSecret = variables.required("RUNTIME_SIGNATURE_SECRET", "");
        return new RuntimeConfig(
                listener(variables),
                database(databaseUrl, variables),
                signatureSecret,
                Faults.parse(variables.list(ProcessFaults.VARIABLE, "")),
                variables);
    }

    /** On one machine the sessions of pods are told apart by the loopback address of each. */
    private static DatabaseSettings database(String url, Variables variables) {
        var settings = DatabaseSettings.parse(url, variables.number("POOL_SIZE", 10));
        return variables
                .find("POD_IP")
                .filter(RuntimeConfig::isLoopback)
                .map(settings::from)
                .orElse(settings);
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.");
    }

    /** With what tokens may be signed: the secret, and for a fault another one besides. */
    public List<String> acceptedSecrets() {
        return Stream.concat(Stream.of(signatureSecret), variables.find(ALSO_ACCEPTED).stream())
                .toList();
    }

    /** By which the times of the internal API's tokens are judged. */
    public InstantSource clock() {
        var behind = Duration.ofSeconds(variables.number(CLOCK_BEHIND, 0));
        return () -> Instant.now().minus(behind);
    }

    private static Listener listener(Variables variables) {
        var podIp = variables.find("POD_IP");
        var node = podIp.map(ip -> "runtime@" + ip).orElse("nonode@nohost");
        return new Listener(
                variables.find("PHX_SERVER").isPresent(),
                // On one machine each pod has a loopback address; elsewhere the service listens on all that its pod
                // has.
                podIp.filter(RuntimeConfig::isLoopback),
                variables.number("PORT", 4000),
                variables.text("PHX_HOST", "example.com"),
                variables.text("RELEASE_NODE", node),
                variables.setting("SHUTDOWN_DRAIN_MS", 15_000),
                variables.setting("SOCKET_IDLE_TIMEOUT_MS", 60_000));
    }

    /** The faults this process was started with. */
    public record Faults(Set<String> words) {
        static Faults parse(List<String> words) {
            for (var word : words) {
                if (!ProcessFaults.ALL.contains(word)) {
                    throw new IllegalArgumentException("unknown fault \"" + word + "\" in " + ProcessFaults.VARIABLE
                            + "; known: " + new java.util.TreeSet<>(ProcessFaults.ALL));
                }
            }
            return new Faults(Set.copyOf(words));
        }

        public boolean has(String word) {
            return words.contains(word);
        }
    }
}
