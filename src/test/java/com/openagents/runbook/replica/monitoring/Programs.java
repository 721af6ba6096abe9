package com.openagents.runbook.replica.monitoring;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The real programs for a test, or the reason why it is skipped. */
final class Programs {
    static final Path CACHE = Path.of("target", "replica", "programs");

    private Programs() {}

    static MonitoringPrograms orSkip() {
        try {
            return MonitoringPrograms.find(CACHE, said -> {});
        } catch (ProgramsMissing e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
