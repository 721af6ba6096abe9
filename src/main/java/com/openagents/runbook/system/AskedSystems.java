package com.openagents.runbook.system;

import java.util.EnumSet;
import java.util.Set;

/** The systems of one scenario, and which of them it has asked. */
public final class AskedSystems implements Systems {
    private final Systems systems;
    private final Set<SystemName> asked = EnumSet.noneOf(SystemName.class);

    public AskedSystems(Systems systems) {
        this.systems = systems;
    }

    @Override
    public Object system(SystemName name) {
        asked.add(name);
        return systems.system(name);
    }

    public boolean have(SystemName name) {
        return asked.contains(name);
    }
}
