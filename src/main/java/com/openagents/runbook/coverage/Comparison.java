package com.openagents.runbook.coverage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a published runbook says that this one does not stand for, and the other way round. */
final class Comparison {
    private final RunbookDocument runbook;
    private final PublishedRunbook published;

    Comparison(RunbookDocument runbook, PublishedRunbook published) {
        this.runbook = runbook;
        this.published = published;
    }

    /**
     * A published sentence that nothing stands for is new; a statement all of whose sentences are gone is gone; where
     * the same section has both, the sentence has probably changed.
     */
    List<String> differences() {
        var differences = new ArrayList<String>();
        var said = published.items().stream()
                .map(PublishedRunbook.Item::fingerprint)
                .collect(Collectors.toSet());
        var known = runbook.statements().stream()
                .flatMap(statement -> statement.sources().stream())
                .collect(Collectors.toSet());
        var bereft = new ArrayDeque<>(runbook.statements().stream()
                .filter(statement -> lost(statement, said) > 0)
                .toList());
        for (var item : published.items()) {
            if (known.contains(item.fingerprint())) {
                continue;
            }
            var before = bereft.stream()
                    .filter(statement -> statement.section().equals(item.section()))
                    .findFirst();
            before.ifPresent(bereft::remove);
            differences.add(before.map(statement -> "changed  " + statement.id() + "  now published as: " + item.text()
                            + " [" + item.fingerprint() + "]\n         here: " + statement.text())
                    .orElseGet(
                            () -> "new      " + item.section() + "  " + item.text() + " [" + item.fingerprint() + "]"));
        }
        bereft.forEach(statement -> differences.add(gone(statement, said)));
        return differences;
    }

    private static long lost(Statement statement, Set<String> said) {
        return statement.sources().stream()
                .filter(source -> !said.contains(source))
                .count();
    }

    private static String gone(Statement statement, Set<String> said) {
        long lost = lost(statement, said);
        var how = lost == statement.sources().size()
                ? ""
                : "in part (" + lost + " of " + statement.sources().size() + " sentences) ";
        return "gone     " + statement.id() + "  " + how + "is no longer published: " + statement.text();
    }
}
