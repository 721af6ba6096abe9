package com.openagents.runbook.system;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the selected scenarios need, as their steps declare by {@link Needs}.
 *
 * @param systems the systems that will be asked; what nobody asks is not started
 * @param traffic whether something must have happened for them to have anything to judge
 * @param ownClients whether they are all drills, which bring clients of their own
 */
public record Needed(Set<SystemName> systems, boolean traffic, boolean ownClients) {
    public Needed {
        systems = Set.copyOf(systems);
    }

    public Needed(Set<SystemName> systems, boolean traffic) {
        this(systems, traffic, false);
    }

    public Needed withOwnClients() {
        return new Needed(systems, traffic, true);
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
