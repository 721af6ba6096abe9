package com.openagents.runbook.triage;

import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.Systems;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Section 3 of the runbook: looks at everything at once, whatever is down, and says what is most probably wrong. */
public final class Triage {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String environment;
    private final Duration since;
    private final IncidentThresholds thresholds;
    private final Redactor redactor;

    /**
     * @param since how far back to look
     * @param thresholds what of it is no incident yet
     */
    public Triage(String environment, Duration since, IncidentThresholds thresholds, Redactor redactor) {
        this.thresholds = thresholds;
        this.environment = environment;
        this.since = since;
        this.redactor = redactor;
    }

    /**
     * @param text the page, to be read on a terminal
     * @param complete whether everything answered
     */
    public record Result(String text, boolean complete) {}

    /**
     * Looks, and keeps what was seen in a folder.
     *
     * @throws IOException if the folder cannot be written
     */
    public Result into(Path folder, Function<EvidenceLog, Systems> systems) throws IOException {
        var bundle = new Bundle(redactor);
        try (var looking = new Looking(systems.apply(bundle), since, LIMIT)) {
            var seen = looking.look();
            var page = new Page(
                    environment,
                    Instant.now(),
                    since,
                    Suspicions.of(seen, since, thresholds),
                    seen.missing(),
                    Blocks.of(seen, since));
            bundle.write(folder, page, seen.metrics().value().orElse(Map.of()));
            return new Result(
                    redactor.redact(MarkdownPage.of(page)), page.silent().isEmpty());
        }
    }
}
