package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.DatabaseSystem;
import com.openagents.runbook.system.kubernetes.KubernetesSystem;
import java.util.List;

/** An environment that could not be opened: every question about it is answered with the reason. */
public final class UnreachableEnvironment implements OpenEnvironment {
    private final String reason;

    public UnreachableEnvironment(String reason) {
        this.reason = reason;
    }

    @Override
    public Systems systems(EvidenceLog evidence) {
        return new Systems() {
            @Override
            public KubernetesSystem kubernetes() {
                throw new CouldNotCheck(reason);
            }

            @Override
            public DatabaseSystem database() {
                throw new CouldNotCheck(reason);
            }
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
