package com.openagents.runbook.environment;

import java.util.function.Supplier;

/** Nobody looks on. */
final class Silent implements Progress {
    @Override
    public <T> T phase(String what, Supplier<T> work) {
        return work.get();
    }

    @Override
    public void say(String what) {
        // Nobody listens.
    }
}
