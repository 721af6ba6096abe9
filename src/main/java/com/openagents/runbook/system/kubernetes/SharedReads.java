package com.openagents.runbook.system.kubernetes;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What scenarios that go on at the same time ask of one cluster, asked once: whoever asks while another one waits for the
 * answer, or a moment after it, is given that one. It says itself when it was read.
 */
public final class SharedReads {
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final Duration moment;
    private final Map<String, Answer<?>> answers = new ConcurrentHashMap<>();

    private SharedReads(Duration moment) {
        this.moment = moment;
    }

    /** For whoever changes nothing and waits for nothing that changes. */
    public static SharedReads shared() {
        return new SharedReads(MOMENT);
    }

    /** For whoever must see what there is now. */
    public static SharedReads none() {
        return new SharedReads(Duration.ZERO);
    }

    /**
     * The newest answer, if it is of a moment ago, or a new one. What the question throws is thrown, and not kept.
     *
     * @param what tells the questions apart; each has its own type of answer
     */
    @SuppressWarnings("unchecked")
    <T> T get(String what, Supplier<T> question) {
        return moment.isZero()
                ? question.get()
                : ((Answer<T>) answers.computeIfAbsent(what, unasked -> new Answer<T>())).get(question);
    }

    private final class Answer<T> {
        private T value;
        private long at;

        private synchronized T get(Supplier<T> question) {
            if (value == null || System.nanoTime() - at > moment.toNanos()) {
                value = question.get();
                at = System.nanoTime();
            }
            return value;
        }
    }
}
