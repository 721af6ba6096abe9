package com.openagents.runbook.replica.cluster.api;

import java.util.ArrayList;
import java.util.List;

/** Who asks. */
record User(String name, String uid, List<String> groups) {

    private static final String ACCOUNT_PREFIX = "system:serviceaccount:";
    private static final String ANONYMOUS = "system:anonymous";
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    static User admin() {
        return new User("kubernetes-admin", "", List.of("system:masters", AUTHENTICATED));
    }

    static User serviceAccount(String namespace, String account, String uid) {
        return new User(
                ACCOUNT_PREFIX + namespace + ":" + account,
                uid,
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, AUTHENTICATED));
    }

    /** A user by name as {@code --as} gives it; a service account also gets the groups it belongs to. */
    static User impersonated(String name, List<String> groups) {
        var parts = name.split(":");
        if (groups.isEmpty() && name.startsWith(ACCOUNT_PREFIX) && parts.length == 4) {
            return serviceAccount(parts[2], parts[3], "");
        }
        var all = new ArrayList<>(groups);
        if (!groups.contains(AUTHENTICATED) && !groups.contains(UNAUTHENTICATED)) {
            all.add(name.equals(ANONYMOUS) ? UNAUTHENTICATED : AUTHENTICATED);
        }
        return new User(name, "", List.copyOf(all));
    }

    boolean mayEverything() {
        return groups.contains("system:masters");
    }
}
