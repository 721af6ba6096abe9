package com.openagents.runbook.safety;

import com.openagents.runbook.system.Right;
import java.util.List;

/**
 * One change that a drill means to make.
 *
 * @param what the change, in words, for the plan and the journal
 * @param target the object that it is made to, for example {@code statefulset/runtime}
 * @param pods how many pods it takes away at the same time
 * @param rights what of Kubernetes it takes to make it and to take it back; empty for other systems
 * @param inverses what takes it back, in the order in which they are written; taken back in reverse
 * @param act makes it
 */
public record Change(String what, String target, int pods, List<Right> rights, List<Inverse> inverses, Runnable act) {
    public Change {
        rights = List.copyOf(rights);
        inverses = List.copyOf(inverses);
    }

    /** The permissions that it takes, for example {@code patch statefulsets}. */
    public List<String> permissions() {
        return rights.stream()
                .flatMap(right -> right.permissions().stream())
                .distinct()
                .toList();
    }
}
