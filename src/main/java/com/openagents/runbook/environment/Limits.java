package com.openagents.runbook.environment;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an environment holds its systems against, each null where the runbook's own value counts. */
record Limits(Pods pods, Autoscaler autoscaler, Migrations migrations, Incidents incidents) {
    record Pods(
            @JsonProperty("restart-window") String restartWindow,
            @JsonProperty("terminating-grace") String terminatingGrace) {}

    record Autoscaler(
            Integer rescales,
            @JsonProperty("rescale-window") String rescaleWindow) {}

    record Migrations(Long newest, Integer count) {}

    record Incidents(
            String window,
            Integer few,
            Integer share,
            @JsonProperty("stale-lease") String staleLease,
            @JsonProperty("tool-budget") String toolBudget,
            @JsonProperty("budget-room") Integer budgetRoom,
            @JsonProperty("retention-horizon") String retentionHorizon,
            String heartbeat) {}
}
