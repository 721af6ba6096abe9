package com.openagents.runbook.report;

/** A run that remembers others, with a scenario for each way in which one can change. */
final class SampleHistory {
    private SampleHistory() {}

    static String record() {
        return PlayedRun.on(25)
                .passes("Steady", 5)
                .fails("Breaks now")
                .fails("Broken since the 23rd")
                .passes("Mended", 900)
                .cannotCheck("Out of sight")
                .passes("Seen again")
                .fails("Flaky")
                .after(
                        PlayedRun.on(22)
                                .passes("Steady", 100)
                                .passes("Broken since the 23rd")
                                .fails("Flaky"),
                        PlayedRun.on(23)
                                .passes("Steady", 300)
                                .fails("Broken since the 23rd")
                                .passes("Breaks now")
                                .fails("Mended")
                                .passes("Flaky"),
                        PlayedRun.on(24)
                                .passes("Steady", 200)
                                .fails("Broken since the 23rd")
                                .passes("Breaks now")
                                .fails("Mended")
                                .passes("Out of sight")
                                .cannotCheck("Seen again")
                                .passes("Flaky"))
                .record();
    }
}
