package com.openagents.runbook.environment;

import com.openagents.runbook.system.IncidentThresholds;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.kubernetes.ClusterThresholds;
import java.time.Duration;
import java.util.Optional;

/** What an environment's systems are held against: the runbook's values, but for those that its file names. */
final class Expectations {
    private final Optional<Limits> limits;

    /** @param limits null if the file names none */
    Expectations(Limits limits) {
        this.limits = Optional.ofNullable(limits);
    }

    /** Where the checks on the cluster turn, with the runbook's values where the file names none. */
    ClusterThresholds cluster() {
        var pods = limits.map(Limits::pods);
        var autoscaler = limits.map(Limits::autoscaler);
        var standard = ClusterThresholds.DEFAULT;
        return new ClusterThresholds(
                duration(pods.map(Limits.Pods::restartWindow), standard.restartWindow()),
                duration(pods.map(Limits.Pods::terminatingGrace), standard.terminatingGrace()),
                autoscaler.map(Limits.Autoscaler::rescales).orElse(standard.rescales()),
                duration(autoscaler.map(Limits.Autoscaler::rescaleWindow), standard.rescaleWindow()));
    }

    /** What of section 4 is no incident yet, with the runbook's values where the file names none. */
    IncidentThresholds incidents() {
        var incidents = limits.map(Limits::incidents);
        var standard = IncidentThresholds.DEFAULT;
        return new IncidentThresholds(
                duration(incidents.map(Limits.Incidents::window), standard.window()),
                incidents.map(Limits.Incidents::few).orElse(standard.few()),
                incidents.map(Limits.Incidents::share).orElse(standard.share()),
                duration(incidents.map(Limits.Incidents::staleLease), standard.staleLease()),
                duration(incidents.map(Limits.Incidents::toolBudget), standard.toolBudget()),
                incidents.map(Limits.Incidents::budgetRoom).orElse(standard.budgetRoom()),
                duration(incidents.map(Limits.Incidents::retentionHorizon), standard.retentionHorizon()),
                duration(incidents.map(Limits.Incidents::heartbeat), standard.heartbeat()));
    }

    DatabaseExpectations database() {
        var migrations = limits.map(Limits::migrations);
        var standard = DatabaseExpectations.defaults();
        return new DatabaseExpectations(
                standard.databases(),
                migrations.map(Limits.Migrations::newest).orElse(standard.newestMigration()),
                migrations.map(Limits.Migrations::count).orElse(standard.migrationCount()),
                standard.requiredTables(),
                standard.roles());
    }

    private static Duration duration(Optional<String> text, Duration standard) {
        return text.map(Durations::parse).orElse(standard);
    }
}
