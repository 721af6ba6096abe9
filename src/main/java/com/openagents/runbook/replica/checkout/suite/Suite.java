package com.openagents.runbook.replica.checkout.suite;

import java.util.List;

/**
 * One test file.
 *
 * @param file below {@code apps/runtime}
 */
public record Suite(String file, List<Test> tests) {

    /** @param drill whether it carries the tag {@code chaos_drill} */
    record Test(String name, boolean drill, Body body) {}

    /** Fails with an {@link AssertionError}, or with whatever breaks. */
    @FunctionalInterface
    interface Body {
        void run(Service service) throws Exception;
    }

    Suite onlyDrills() {
        return new Suite(file, tests.stream().filter(Test::drill).toList());
    }

    static Test test(String name, Body body) {
        return new Test(name, false, body);
    }

    static Test drill(String name, Body body) {
        return new Test(name, true, body);
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void same(String what, Object expected, Object seen) {
        check(expected.equals(seen), what + ": expected " + expected + ", saw " + seen);
    }
}
