package com.openagents.runbook.run;

import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.evidence.Sha256;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What identifies a run, as it stands at the head of its record.
 *
 * @param runbookHash SHA-256 over the file of the prose that the features restate
 * @param featureHash SHA-256 over the names and contents of all feature files
 * @param mode {@code run}; a plan changes and judges nothing
 * @param must tags of the scenarios that may not stay incomplete; empty if none may
 */
record RunFacts(
        String runId,
        String environment,
        String kind,
        Selection selection,
        String startedBy,
        String suiteVersion,
        String runbookHash,
        String featureHash,
        String startedAt,
        String namespace,
        String mode,
        List<String> must) {

    static final String MEDIA_TYPE = "application/vnd.openagents.run+json";

    static RunFacts of(String runId, Environment environment, Selection selection, Path features, Instant startedAt) {
        return new RunFacts(
                runId,
                environment.name(),
                environment.kind(),
                selection,
                user(),
                Suite.version(),
                Sha256.ofFiles(features.resolveSibling("docs").resolve("runbook.md")),
                Sha256.ofFiles(features, ".feature"),
                startedAt.toString(),
                environment.namespace(),
                selection.plan() ? "plan" : "run",
                environment.must());
    }

    static String user() {
        var user = System.getProperty("user.name");
        return Optional.ofNullable(System.getenv("CI")).isPresent() ? user + " (CI)" : user;
    }

    /** Who holds a lock, for whoever waits for it. */
    static String holder() {
        try {
            return user() + "@" + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return user() + "@unknown host";
        }
    }
}
