package com.openagents.runbook.system;

import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what is seen, found again by the beginning of its title. */
final class SeenEvidence implements EvidenceLog {
    private final List<Evidence> seen = new ArrayList<>();

    @Override
    public void saw(Evidence evidence) {
        seen.add(evidence);
    }

    List<Evidence> all() {
        return List.copyOf(seen);
    }

    List<String> titles() {
        return seen.stream().map(Evidence::title).toList();
    }

    List<Map<String, String>> rows(String title) {
        return seen.stream()
                .filter(evidence -> evidence.title().startsWith(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing of " + title + " in " + titles()))
                .seen();
    }

    String text(String title) {
        return rows(title).toString();
    }
}
