package com.openagents.runbook.system.kubernetes;

import java.util.List;

/**
 * Who may open connections to the runtime pods, by all network policies that select them together.
 *
 * @param policies the policies that select the pods; without any, everybody may everything
 * @param ways what they let in
 * @param command shows the same by hand
 */
public record IngressRules(List<String> policies, List<Way> ways, String command) {
    public IngressRules {
        policies = List.copyOf(policies);
        ways = List.copyOf(ways);
    }

    /**
     * One source and one port.
     *
     * @param policy which policy lets it in
     * @param from the source in words, for example {@code pods app=runtime of this namespace}
     * @param port for example {@code TCP 4000}
     */
    public record Way(String policy, String from, String port) {
        public String words() {
            return from + " to " + port;
        }
    }
}
