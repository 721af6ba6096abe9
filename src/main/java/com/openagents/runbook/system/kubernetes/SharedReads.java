package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.system.Recent;
import java.time.Duration;
import java.time.InstantSource;
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
    private final InstantSource clock;
    private final Map<String, Recent<?>> answers = new ConcurrentHashMap<>();

    private SharedReads(Duration moment, InstantSource clock) {
        this.moment = moment;
        this.clock = clock;
    }

    /** For whoever changes nothing and waits for nothing that changes. */
    public static SharedReads shared() {
        return shared(InstantSource.system());
    }

    static SharedReads shared(InstantSource clock) {
        return new SharedReads(MOMENT, clock);
    }

    /** For whoever must see what there is now. */
    public static SharedReads none() {
        return new SharedReads(Duration.ZERO, InstantSource.system());
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
                : ((Recent<T>) answers.computeIfAbsent(what, unasked -> new Recent<T>(moment, clock))).get(question);
    }
}
