package com.openagents.runbook.evidence;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a failed check tells the person on call: what was expected, what was seen, what the runbook says to do next,
 * and the command that shows it by hand.
 *
 * <pre>
 * Runtime pods are healthy: 1 of 3 pods is not ready
 *   runtime-2   CrashLoopBackOff, 7 restarts, last exit 137 (OOMKilled) 2 min ago
 * Next (runbook 3.2): check pod restarts and recent deploys
 * See it: kubectl --context gke-prod -n openagents describe pod runtime-2
 * </pre>
 *
 * @param expected what the runbook expects, as a short sentence without full stop
 * @param seen what was seen instead, as a short sentence without full stop
 * @param details one line for each thing concerned, most important first; names it and says since when
 * @param statement the id of the runbook statement that says what to do next, for example {@code 3.2}
 * @param next the runbook's next action
 * @param see a command that a person can paste to see the same thing
 */
public record Finding(String expected, String seen, List<String> details, String statement, String next, String see) {
    private static final String NEXT = "Next (runbook ";
    private static final String SEE = "See it: ";

    public Finding {
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(seen, "seen");
        details = List.copyOf(details);
        Objects.requireNonNull(statement, "statement");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(see, "see");
    }

    /** The finding as people read it; {@link #parse} reads it back. */
    public String text() {
        var text = new StringBuilder(expected).append(": ").append(seen).append('\n');
        details.forEach(detail -> text.append("  ").append(detail).append('\n'));
        text.append(NEXT).append(statement).append("): ").append(next).append('\n');
        return text.append(SEE).append(see).toString();
    }

    /** Reads a finding from its {@link #text}, or nothing if the text is not one. */
    public static Optional<Finding> parse(String text) {
        var lines = text.lines().toList();
        int next = indexOf(lines, NEXT);
        int see = indexOf(lines, SEE);
        if (next < 1 || see != next + 1 || !lines.get(0).contains(": ")) {
            return Optional.empty();
        }
        var head = lines.get(0).split(": ", 2);
        var action = lines.get(next).substring(NEXT.length()).split("\\): ", 2);
        if (action.length < 2) {
            return Optional.empty();
        }
        var details = lines.subList(1, next).stream().map(String::strip).toList();
        var command = String.join("\n", lines.subList(see, lines.size())).substring(SEE.length());
        return Optional.of(new Finding(head[0], head[1], details, action[0], action[1], command));
    }

    private static int indexOf(List<String> lines, String prefix) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(prefix)) {
                return i;
            }
        }
        return -1;
    }
}
