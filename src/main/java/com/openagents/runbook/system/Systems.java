package com.openagents.runbook.system;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.database.DatabaseSystem;
import com.openagents.runbook.system.kubernetes.KubernetesSystem;

/** The systems that an environment offers to a scenario. Asking for one that it does not offer is {@link CouldNotCheck}. */
public interface Systems {
    KubernetesSystem kubernetes();

    DatabaseSystem database();
}
