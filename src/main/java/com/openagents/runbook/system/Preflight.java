package com.openagents.runbook.system;

import com.openagents.runbook.evidence.CouldNotCheck;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was found missing before anything was asked: a scenario that needs it does not begin.
 *
 * @param rights what of Kubernetes each scenario asks, by its name
 * @param missing the permissions that whoever runs the runbook does not have, for example {@code list pods}
 * @param advice how to get them
 */
public record Preflight(Map<String, Set<Right>> rights, Set<String> missing, String advice) {
    public Preflight {
        rights = Map.copyOf(rights);
        missing = Set.copyOf(missing);
    }

    public static Preflight nothingMissing() {
        return new Preflight(Map.of(), Set.of(), "");
    }

    /** @throws CouldNotCheck if a permission is missing that the scenario needs; names each */
    public void admit(String scenario) {
        var lacks = rights.getOrDefault(scenario, Set.of()).stream()
                .flatMap(right -> right.permissions().stream())
                .filter(missing::contains)
                .distinct()
                .sorted()
                .collect(Collectors.joining("', '"));
        if (!lacks.isEmpty()) {
            throw new CouldNotCheck("kubernetes does not allow '" + lacks + "': " + advice);
        }
    }
}
