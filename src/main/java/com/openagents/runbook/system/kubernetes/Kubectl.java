package com.openagents.runbook.system.kubernetes;

/**
 * Writes the kubectl commands that a person can paste to see what a check saw.
 *
 * @param access the options that choose the cluster, for example {@code --context gke-prod}; may be empty
 * @param namespace the namespace of the runtime
 */
public record Kubectl(String access, String namespace) {
    public String command(String arguments) {
        return "kubectl " + (access.isEmpty() ? "" : access + " ") + "-n " + namespace + " " + arguments;
    }
}
