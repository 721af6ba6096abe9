package com.openagents.runbook.environment;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.kubernetes.ClusterThresholds;
import java.time.Duration;
import java.util.Optional;

/** What an environment's systems are held against: the runbook's values, but for those that its file names. */
final class Expectations {
    private final Optional<EnvironmentFile.Limits> limits;

    /** @param limits null if the file names none */
    Expectations(EnvironmentFile.Limits limits) {
        this.limits = Optional.ofNullable(limits);
    }

    /** Where the checks on the cluster turn, with the runbook's values where the file names none. */
    ClusterThresholds cluster() {
        var pods = limits.map(EnvironmentFile.Limits::pods);
        var autoscaler = limits.map(EnvironmentFile.Limits::autoscaler);
        var standard = ClusterThresholds.DEFAULT;
        return new ClusterThresholds(
                duration(pods.map(EnvironmentFile.Pods::restartWindow), standard.restartWindow()),
                duration(pods.map(EnvironmentFile.Pods::terminatingGrace), standard.terminatingGrace()),
                autoscaler.map(EnvironmentFile.Autoscaler::rescales).orElse(standard.rescales()),
                duration(autoscaler.map(EnvironmentFile.Autoscaler::rescaleWindow), standard.rescaleWindow()));
    }

    /** What of section 4 is no incident yet, with the runbook's values where the file names none. */
    IncidentThresholds incidents() {
        var incidents = limits.map(EnvironmentFile.Limits::incidents);
        var standard = IncidentThresholds.DEFAULT;
        return new IncidentThresholds(
                duration(incidents.map(EnvironmentFile.Incidents::window), standard.window()),
                incidents.map(EnvironmentFile.Incidents::few).orElse(standard.few()),
                incidents.map(EnvironmentFile.Incidents::share).orElse(standard.share()),
                duration(incidents.map(EnvironmentFile.Incidents::staleLease), standard.staleLease()),
                duration(incidents.map(EnvironmentFile.Incidents::toolBudget), standard.toolBudget()),
                incidents.map(EnvironmentFile.Incidents::budgetRoom).orElse(standard.budgetRoom()),
                duration(incidents.map(EnvironmentFile.Incidents::retentionHorizon), standard.retentionHorizon()),
                duration(incidents.map(EnvironmentFile.Incidents::heartbeat), standard.heartbeat()));
    }

    DatabaseExpectations database() {
        var migrations = limits.map(EnvironmentFile.Limits::migrations);
        var standard = DatabaseExpectations.defaults();
        return new DatabaseExpectations(
                standard.databases(),
                migrations.map(EnvironmentFile.Migrations::newest).orElse(standard.newestMigration()),
                migrations.map(EnvironmentFile.Migrations::count).orElse(standard.migrationCount()),
                standard.requiredTables(),
                standard.roles());
    }

    private static Duration duration(Optional<String> text, Duration standard) {
        return text.map(Durations::parse).orElse(standard);
    }
}
