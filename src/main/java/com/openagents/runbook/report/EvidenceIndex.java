package com.openagents.runbook.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Numbers the evidence of a run in reading order: the first look at a thing shows it, later ones refer to it. */
final class EvidenceIndex {
    private static final int MOST_ROWS = 50;
    private static final int FEWEST_ROWS = 10;
    private static final int ROWS_IN_ALL = 20_000;

    private final EvidenceStore store;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, EvidenceRef> first = new HashMap<>();
    private final Set<String> systems = new TreeSet<>();
    private int looks;

    EvidenceIndex(Run run) {
        store = run.evidence();
        run.scenarios()
                .forEach(scenario -> scenario.steps().forEach(step -> {
                    step.evidence().forEach(this::number);
                    step.afterwards().forEach(this::number);
                }));
        new HashSet<>(first.values()).forEach(ref -> systems.add(store.get(ref).system()));
    }

    private void number(EvidenceRef ref) {
        looks++;
        if (first.putIfAbsent(ref.sha256(), ref) == null) {
            numbers.put(ref.sha256(), numbers.size() + 1);
        }
    }

    /** For example {@code 37 observations of kubernetes and database}. */
    String text() {
        if (looks == 0) {
            return "none";
        }
        return looks + (looks == 1 ? " observation" : " observations") + " of " + String.join(", ", systems);
    }

    /** What is in question is shown at length; what passed at less length the more there is of it. */
    List<EvidenceView> views(List<EvidenceRef> refs, boolean passed) {
        int rows = passed ? Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, ROWS_IN_ALL / numbers.size())) : MOST_ROWS;
        return refs.stream().map(ref -> view(ref, rows)).toList();
    }

    private EvidenceView view(EvidenceRef ref, int rows) {
        int number = numbers.get(ref.sha256());
        return EvidenceView.of(number, first.get(ref.sha256()) == ref, ref, store.get(ref), rows);
    }
}
