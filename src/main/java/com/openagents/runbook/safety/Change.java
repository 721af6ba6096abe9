package com.openagents.runbook.safety;

import java.util.List;

/**
 * One change that a drill means to make.
 *
 * @param what the change, in words, for the plan and the journal
 * @param target the object that it is made to, for example {@code statefulset/runtime}
 * @param pods how many pods it takes away at the same time
 * @param verbs the Kubernetes verbs that it needs, for example {@code patch statefulsets}; empty for other systems
 * @param inverses what takes it back, in the order in which they are written; taken back in reverse
 * @param act makes it
 */
public record Change(String what, String target, int pods, List<String> verbs, List<Inverse> inverses, Runnable act) {
    public Change {
        verbs = List.copyOf(verbs);
        inverses = List.copyOf(inverses);
    }
}
