package com.openagents.runbook.replica.checkout.suite;

import java.util.List;

/** All test files, in the order in which they run. */
public final class Suites {
    private Suites() {}

    /** The named ones, or all if none is named. */
    public static List<Suite> in(List<String> files) {
        return all().stream()
                .filter(suite -> files.isEmpty() || files.contains(suite.file()))
                .toList();
    }

    private static List<Suite> all() {
        return List.of(
                new JobsAssets().suite(),
                new NetworkPolicyAssets().suite(),
                new SmokeTests().suite(),
                new ApiTests().suite(),
                new RecoveryTests().suite(),
                new SyncChannelTests().suite(),
                new TokenTests().suite());
    }
}
