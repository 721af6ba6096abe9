package com.openagents.runbook;

import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.safety.KilledDrills;
import java.io.IOException;

/** Whatever moment a drill is killed, everything comes back. */
class DrillKilledProof extends KilledDrills {
    DrillKilledProof(SharedCluster.Lab lab) throws IOException {
        super(lab);
    }
}
