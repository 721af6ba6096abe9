package com.openagents.runbook.replica.runtime.config;

import com.openagents.runbook.replica.faults.ProcessFaults;
import java.util.Set;

/** Everything the process is told at start (contract 0.3). Read once; only the write freeze is read per request. */
public record RuntimeConfig(
        Listener listener, DatabaseSettings database, String signatureSecret, Faults faults, Variables variables) {

    public static RuntimeConfig read(Variables variables) {
        var databaseUrl = variables.required("DATABASE_URL", "For example: ecto://USER:PASS@HOST/DATABASE");
        variables.required("SECRET_KEY_BASE", "You can generate one by calling: mix phx.gen.secret");
        var signatureSecret = variables.required("RUNTIME_SIGNATURE_SECRET", "");
        return new RuntimeConfig(
                listener(variables),
                DatabaseSettings.parse(databaseUrl, variables.number("POOL_SIZE", 10)),
                signatureSecret,
                Faults.parse(variables.list(ProcessFaults.VARIABLE, "")),
                variables);
    }

    private static Listener listener(Variables variables) {
        var podIp = variables.find("POD_IP");
        var node = podIp.map(ip -> "runtime@" + ip).orElse("nonode@nohost");
        return new Listener(
                variables.find("PHX_SERVER").isPresent(),
                podIp,
                variables.number("PORT", 4000),
                variables.text("PHX_HOST", "example.com"),
                variables.text("RELEASE_NODE", node),
                variables.setting("SHUTDOWN_DRAIN_MS", 15_000),
                variables.setting("SOCKET_IDLE_TIMEOUT_MS", 60_000));
    }

    /** The faults this process was started with. */
    public record Faults(Set<String> words) {
        static Faults parse(java.util.List<String> words) {
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
