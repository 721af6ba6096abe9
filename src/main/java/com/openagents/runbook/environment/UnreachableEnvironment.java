package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Systems;
import java.util.List;

/** An environment that could not be opened: every question about it is answered with the reason. */
public final class UnreachableEnvironment implements OpenEnvironment {
    private final String reason;

    public UnreachableEnvironment(String reason) {
        this.reason = reason;
    }

    @Override
    public Systems systems(EvidenceLog evidence) {
        return name -> {
            throw new CouldNotCheck(reason);
        };
    }

    @Override
    public List<Identity> identities() {
        return List.of();
    }

    @Override
    public List<String> access() {
        return List.of();
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
