package com.openagents.runbook.system;

import java.util.List;

/**
 * What a step asks Kubernetes for, with the permissions that this takes. Each is verb and resource in the words of
 * {@code kubectl auth can-i}, within the namespace of the runtime.
 */
public enum Right {
    PODS(false, "list pods", "list events"),
    ROLLOUT(false, "get statefulsets", "get controllerrevisions", "list events"),
    BUDGET(false, "get poddisruptionbudgets"),
    ROUTING(false, "get services", "list endpointslices"),
    AUTOSCALER(false, "get horizontalpodautoscalers", "list events"),
    GATE_RUNS(false, "get jobs", "list pods", "get pods/log", "list events", "get configmaps"),
    SECRET(false, "get secrets"),
    SECRET_USE_OF_PODS(false, "get statefulsets"),
    SECRET_USE_OF_GATE(false, "get jobs"),
    REVISIONS(false, "get statefulsets", "list controllerrevisions"),
    LOGS(false, "list pods", "get pods/log"),
    POLICIES(false, "list networkpolicies"),

    /** To have pods do something, by a POST; what that takes depends on the way in which they are reached. */
    POST_TO_PODS(false),

    /** What is looked at after a finding; without it the finding stands and says what was not looked at. */
    AFTER_FINDING(false, "list pods", "list events", "get pods/log"),

    /** Lock, journal, steady state, and the comparison of the namespace before and after. */
    DRILL(
            true,
            "get leases",
            "create leases",
            "update leases",
            "patch leases",
            "delete leases",
            "get configmaps",
            "create configmaps",
            "patch configmaps",
            "delete configmaps",
            "list configmaps",
            "list pods",
            "get statefulsets",
            "list statefulsets",
            "list secrets",
            "list services",
            "get poddisruptionbudgets",
            "list poddisruptionbudgets",
            "list horizontalpodautoscalers",
            "list networkpolicies"),
    RESTART(true, "create pods/eviction", "get pods"),
    KILL(true, "delete pods"),
    ROLL_BACK(true, "patch statefulsets", "get controllerrevisions"),
    CHANGE_SECRETS(true, "get secrets", "create secrets", "patch secrets", "delete secrets"),
    RUN_GATE(true, "get jobs", "create jobs", "delete jobs", "list pods", "get pods/log", "update configmaps");

    private final boolean change;
    private final List<String> permissions;

    Right(boolean change, String... permissions) {
        this.change = change;
        this.permissions = List.of(permissions);
    }

    /** Whether it belongs to changing something, and not to looking. */
    public boolean change() {
        return change;
    }

    public List<String> permissions() {
        return permissions;
    }
}
