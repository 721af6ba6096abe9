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

    static TakenBack all(Ground ground, Journal journal, Undo undo) {
        var done = new ArrayList<String>();
        List<JournalEntry> open;
        try {
            open = journal.open();
        } catch (KubernetesClientException problem) {
            return new TakenBack(done, Optional.of("the undo journal cannot be read: " + words(ground, problem)));
        }
        for (var entry : open) {
            try {
                undo.carryOut(entry.inverse());
                journal.undone(entry);
                done.add(entry.inverse().words());
            } catch (RuntimeException problem) {
                return new TakenBack(done, Optional.of(entry.inverse().words() + ": " + words(ground, problem)));
            }
        }
        return new TakenBack(done, Optional.empty());
    }

    private static String words(Ground ground, RuntimeException problem) {
        if (!(problem instanceof KubernetesClientException refused)) {
            return problem.getMessage();
        }
        return refused.getCode() > 0 && refused.getStatus() != null
                ? refused.getStatus().getMessage()
                : ground.refusal("", refused).getMessage();
    }
}
