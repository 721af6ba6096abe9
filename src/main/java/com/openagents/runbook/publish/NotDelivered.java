package com.openagents.runbook.publish;

/** Why something did not arrive, in one line; may hold secrets until it is redacted. */
public final class NotDelivered extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_ANSWER = 160;
    private static final int TOO_MANY_REQUESTS = 429;

    private final boolean passing;
    private final boolean perhapsArrived;

    /** @param passing whether it may go better a moment later */
    public NotDelivered(String problem, boolean passing) {
        this(problem, passing, false);
    }

    private NotDelivered(String problem, boolean passing, boolean perhapsArrived) {
        super(problem);
        this.passing = passing;
        this.perhapsArrived = perhapsArrived;
    }

    /** It was sent, or part of it, and no answer came; it may have arrived, and may go better later. */
    public static NotDelivered unanswered(String problem) {
        return new NotDelivered(problem, true, true);
    }

    /** A server that said no; may go better later where it is overloaded or broken. */
    public static NotDelivered answered(int status, String words) {
        var text = words.strip().replaceAll("\\s+", " ");
        var shown = text.length() <= LONGEST_ANSWER ? text : text.substring(0, LONGEST_ANSWER) + "…";
        return new NotDelivered(
                "it answered " + status + (shown.isEmpty() ? "" : ": " + shown),
                status == TOO_MANY_REQUESTS || status / 100 == 5);
    }

    /** Whether another try may help, and does no harm. */
    boolean isWorthAnotherTry(Outgoing outgoing) {
        return passing && (outgoing.repeatable() || !perhapsArrived);
    }
}
