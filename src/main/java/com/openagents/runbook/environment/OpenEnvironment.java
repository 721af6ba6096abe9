package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.safety.Clients;
import com.openagents.runbook.safety.Ground;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Preflight;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.Systems;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An environment whose systems can be asked. Closing it leaves nothing behind. */
public interface OpenEnvironment extends AutoCloseable {

    /** The systems, putting down what they see in {@code evidence}. */
    Systems systems(EvidenceLog evidence);

    /** What exactly each system is that will be asked, as far as it answers. */
    List<Identity> identities();

    /**
     * Which permissions whoever runs the runbook does not have.
     *
     * @param rights what will be asked
     */
    default Preflight preflight(Map<String, Set<Right>> rights) {
        return Preflight.nothingMissing();
    }

    /** How a person reaches the systems, one line each, ready to paste. */
    List<String> access();

    /**
     * Where drills may change something.
     *
     * @throws EnvironmentProblem if the environment has no Kubernetes
     */
    default Ground ground() {
        throw new EnvironmentProblem("drills change a Kubernetes: this environment offers none");
    }

    /**
     * Lets clients use the runtime until they are stopped.
     *
     * @throws CouldNotCheck if the environment does not offer what clients need
     */
    default Clients clients() {
        throw new CouldNotCheck("this environment has no clients for its runtime");
    }

    /**
     * Takes faults away again that it was opened with.
     *
     * @throws IllegalStateException if it has none, for it is no replica
     */
    default void heal(List<String> faults) {
        throw new IllegalStateException("only a replica has faults that can be taken away");
    }

    @Override
    void close();
}
