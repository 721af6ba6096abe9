package com.openagents.runbook.run;

import com.openagents.runbook.environment.Progress;
import java.util.Map;
import java.util.function.Supplier;

/** Shows each phase to the person who waits, and puts down how long it took. */
final class RecordedProgress implements Progress {
    private static final String MEDIA_TYPE = "application/vnd.openagents.phase+json";

    private final Progress shown;
    private final RecordWriter record;

    RecordedProgress(Progress shown, RecordWriter record) {
        this.shown = shown;
        this.record = record;
    }

    @Override
    public <T> T phase(String what, Supplier<T> work) {
        long begin = System.nanoTime();
        try {
            return shown.phase(what, work);
        } finally {
            record.attach(MEDIA_TYPE, Map.of("phase", what, "millis", (System.nanoTime() - begin) / 1_000_000));
        }
    }

    @Override
    public void say(String what) {
        shown.say(what);
    }
}
