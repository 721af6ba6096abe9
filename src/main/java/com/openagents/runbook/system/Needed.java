package com.openagents.runbook.system;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the selected scenarios need, as their steps declare by {@link Needs}.
 *
 * @param systems the systems that will be asked; what nobody asks is not started
 * @param traffic whether something must have happened for them to have anything to judge
 * @param rights what of Kubernetes each scenario asks, by its name
 * @param ownClients whether they are all drills, which bring clients of their own
 * @param onlyLooks whether none of them is a drill, so that what one has seen is there for the others
 */
public record Needed(
        Set<SystemName> systems,
        boolean traffic,
        Map<String, Set<Right>> rights,
        boolean ownClients,
        boolean onlyLooks) {
    /** Asked without any traffic, these have nothing to show. */
    private static final Set<SystemName> WITH_TRAFFIC =
            EnumSet.of(SystemName.RUNTIME, SystemName.SYNC, SystemName.PROMETHEUS, SystemName.ALERTMANAGER);

    public Needed {
        systems = Set.copyOf(systems);
        rights = Map.copyOf(rights);
    }

    public Needed(Set<SystemName> systems, boolean traffic) {
        this(systems, traffic, Map.of(), false, false);
    }

    public Needed withOwnClients() {
        return new Needed(systems, traffic, rights, true, onlyLooks);
    }

    /** Whether ordinary clients must have used the runtime, which drills bring along themselves. */
    public boolean showsOnlyUnderTraffic() {
        return !ownClients && (traffic || !Collections.disjoint(systems, WITH_TRAFFIC));
    }

    /** What all scenarios together ask of Kubernetes, and what is looked at after a finding. */
    public Set<Right> allRights() {
        var all = rights.values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Right.class)));
        if (all.stream().anyMatch(right -> !right.permissions().isEmpty())) {
            all.add(Right.AFTER_FINDING);
        }
        return all;
    }

    public static Needed nothing() {
        return new Needed(Set.of(), false);
    }

    public static Needed everything() {
        return new Needed(EnumSet.allOf(SystemName.class), true);
    }

    public static Needed underTraffic(SystemName... systems) {
        return new Needed(Set.copyOf(List.of(systems)), true);
    }
}
