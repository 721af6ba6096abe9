package com.openagents.runbook.safety;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far taking back a journal came. It ends at the first entry that cannot be taken back: older ones may remove what the
 * newer ones need, as the Secret that keeps the old values.
 *
 * @param done in words, in the order in which it was done
 * @param problem what could not be done, in words; it and all older entries stay in the journal
 */
record TakenBack(List<String> done, Optional<String> problem) {
    TakenBack {
        done = List.copyOf(done);
    }

    static TakenBack all(Journal journal, Undo undo) {
        var done = new ArrayList<String>();
        for (var entry : journal.open()) {
            try {
                undo.carryOut(entry.inverse());
                journal.undone(entry);
                done.add(entry.inverse().words());
            } catch (RuntimeException problem) {
                return new TakenBack(done, Optional.of(entry.inverse().words() + ": " + words(problem)));
            }
        }
        return new TakenBack(done, Optional.empty());
    }

    private static String words(RuntimeException problem) {
        return problem instanceof KubernetesClientException refused && refused.getStatus() != null
                ? refused.getStatus().getMessage()
                : problem.getMessage();
    }
}
