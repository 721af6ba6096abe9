package com.openagents.runbook.safety;

import com.openagents.runbook.system.Ago;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.AppliedMigrations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A schema rollback that a person means to do (runbook 7.2). It is theirs to do; here is only looked at whether what it takes
 * was given.
 *
 * @param applied the migrations of the database that would be rolled back
 * @param version the oldest migration to take back
 * @param backup when the backup was made that somebody confirms
 */
public record SchemaRollbackRequest(AppliedMigrations applied, long version, Instant backup, Instant now) {
    /** What was written since the backup is lost if the rollback goes wrong. */
    private static final Duration OLDEST_BACKUP = Duration.ofHours(1);

    /** @throws com.openagents.runbook.evidence.CouldNotCheck if the database does not tell its migrations */
    public static SchemaRollbackRequest of(Systems systems, long version, Instant backup) {
        var applied = systems.database().migrationsOfRuntime("down to and including " + version);
        return new SchemaRollbackRequest(applied, version, backup, Instant.now());
    }

    /** What stands against it, in words; empty if nothing does. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        if (!applied.versions().contains(version)) {
            problems.add("Migration " + version + " is not applied in " + applied.database() + "; the newest is "
                    + applied.newest().map(String::valueOf).orElse("none") + ". See: " + applied.command());
        }
        if (backup.isAfter(now)) {
            problems.add("The backup of " + backup
                    + " is not made yet: say when the one was made that you have seen restored.");
        } else if (backup.isBefore(now.minus(OLDEST_BACKUP))) {
            problems.add("The backup is from " + Ago.text(backup, now)
                    + ", and what was written since would be lost: make one now, and see that it can be restored.");
        }
        return problems;
    }

    /** What it takes back, and how a person does it. */
    public List<String> plan() {
        var gone = applied.versions().stream().filter(found -> found >= version).toList();
        return List.of(
                "Taken back in " + applied.database()
                        + ", the newest first, with the tables and columns that they made: "
                        + gone.stream()
                                .sorted(Comparator.reverseOrder())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")),
                "Backup: " + backup + " (" + Ago.text(backup, now) + "); what was written since is not in it.",
                "It is the last resort (runbook 7.2). Roll back the release first, and stop the pods that need these tables.",
                "To do it, in a pod with the release's image and its secrets:",
                "  bin/openagents_runtime eval 'OpenAgentsRuntime.Release.rollback(OpenAgentsRuntime.Repo, " + version
                        + ")'",
                "Nothing was changed.");
    }
}
