package com.openagents.runbook.environment;

/**
 * A fleet divided into shares, each of which one pod runs.
 *
 * @param count how many there are
 * @param parallel how many environments a pod asks at a time
 * @param namespace where the pods are
 * @param kubeconfig the name of the Secret with the key {@code config}, a kubeconfig that has the contexts of all
 */
public record FleetShares(int count, int parallel, String namespace, String kubeconfig) {
    /** @throws EnvironmentProblem if there is less than one share, or less than one at a time */
    public FleetShares {
        if (count < 1 || parallel < 1) {
            throw new EnvironmentProblem("--shares and --parallel: expected at least 1");
        }
    }
}
