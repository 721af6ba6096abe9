package com.openagents.runbook.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the hash chain of a record proves about its lines.
 *
 * @param lines how many lines the record has
 * @param proven how many of them are as they were written, counted from the first; 0 if the record has no chain
 * @param whole whether the record ends where its chain says that it ends
 * @param broken where the chain breaks; empty if it does not
 * @param text what it proves, in words
 */
public record RecordChain(int lines, int proven, boolean whole, String broken, String text) {

    static RecordChain of(int lines, int proven, boolean whole, String broken) {
        return new RecordChain(lines, proven, whole, broken, text(lines, proven, whole, broken));
    }

    private static String text(int lines, int proven, boolean whole, String broken) {
        if (!broken.isEmpty()) {
            return broken;
        } else if (whole) {
            return "holds over all " + lines + " lines";
        } else if (proven == 0) {
            return "none: no line of the record is covered by one";
        }
        return "holds over the first " + proven + " of " + lines
                + " lines, and has no end: the run did not write its last line";
    }

    /**
     * Of a record of several parts, each of which has a chain of its own: they hold only if all do.
     *
     * @param names what each is called
     */
    static RecordChain of(List<String> names, List<RecordChain> parts) {
        int lines = parts.stream().mapToInt(RecordChain::lines).sum();
        int proven = parts.stream().mapToInt(RecordChain::proven).sum();
        boolean whole = parts.stream().allMatch(RecordChain::whole);
        var broken = IntStream.range(0, parts.size())
                .filter(i -> !parts.get(i).broken().isEmpty())
                .mapToObj(i -> names.get(i) + ": " + parts.get(i).broken())
                .findFirst()
                .orElse("");
        var text = IntStream.range(0, parts.size())
                .mapToObj(i -> names.get(i) + ": " + parts.get(i).text())
                .collect(Collectors.joining("; "));
        boolean asOne = whole || proven == 0 || !broken.isEmpty();
        return new RecordChain(
                lines, proven, whole, broken, asOne ? text(lines, proven, whole, broken) : "by part: " + text);
    }
}
