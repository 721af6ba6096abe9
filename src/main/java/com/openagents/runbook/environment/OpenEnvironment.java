package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Identity;
import com.openagents.runbook.system.Systems;
import java.util.List;

/** An environment whose systems can be asked. Closing it leaves nothing behind. */
public interface OpenEnvironment extends AutoCloseable {

    /** The systems, putting down what they see in {@code evidence}. */
    Systems systems(EvidenceLog evidence);

    /** What exactly each system is that will be asked, as far as it answers. */
    List<Identity> identities();

    /** How a person reaches the systems, one line each, ready to paste. */
    List<String> access();

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
