package com.openagents.runbook.replica.faults;

import com.openagents.runbook.replica.Replica;
import com.openagents.runbook.replica.monitoring.AlertRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Defects of what watches the runtime, and of what the runtime shows of itself. */
final class MonitoringFaults {
    private static final String ERRORS = "OpenAgentsRuntimeHttp5xxRateHigh";

    private MonitoringFaults() {}

    static List<ReplicaFault> all() {
        return List.of(
                new OtherRules("rule-missing", "one alert of the matrix is not loaded", rules -> rules.without(ERRORS)),
                new OtherRules(
                        "rule-broken",
                        "one alert rule fails whenever it is evaluated",
                        // Pods answer with several status classes each, so nothing matches one to one.
                        rules -> rules.with(
                                ERRORS,
                                "expr",
                                query -> "phoenix_endpoint_stop_duration_count"
                                        + " / on() phoenix_endpoint_stop_duration_count > 0.02")),
                new OtherRules(
                        "rule-threshold-changed",
                        "one alert fires later than the matrix says",
                        rules -> rules.with(ERRORS, "expr", query -> query.replace("> 0.02", "> 0.2"))),
                new OtherRules(
                        "runbook-link-broken",
                        "one alert leads to a heading that does not exist",
                        rules -> rules.with(ERRORS, "annotations", "runbook", "docs/alerts.md#server-errors")),
                new AlertmanagerUnknown(),
                new PanelMissing(),
                new ProcessFault(
                        "metric-missing",
                        "metrics that nobody feeds stay without series, as published (D2, D4)",
                        Set.of(ProcessFaults.UNFED_METRICS),
                        Map.of()),
                new ScrapeDown());
    }

    private record OtherRules(String id, String description, UnaryOperator<AlertRules> change) implements ReplicaFault {
        @Override
        public void inject(Replica replica) {
            replica.monitoring().change(id, change);
        }

        @Override
        public void heal(Replica replica) {
            replica.monitoring().changeBack(id);
        }
    }

    private static final class AlertmanagerUnknown implements ReplicaFault {
        @Override
        public String id() {
            return "alertmanager-unknown";
        }

        @Override
        public String description() {
            return "Prometheus does not know where to hand its alerts";
        }

        @Override
        public void inject(Replica replica) {
            replica.monitoring().handAlertsOn(false);
        }

        @Override
        public void heal(Replica replica) {
            replica.monitoring().handAlertsOn(true);
        }
    }

    /** The first panel of the dashboard has another title. */
    private static final class PanelMissing implements ReplicaFault {
        private static final String TITLE = "Executor p95 Run Duration (ms)";

        @Override
        public String id() {
            return "panel-missing";
        }

        @Override
        public String description() {
            return "the dashboard lacks a panel";
        }

        @Override
        public void inject(Replica replica) {
            try {
                var text = Files.readString(replica.dashboard()).replace(TITLE, "New panel");
                replica.dashboard(Files.writeString(replica.work().resolve("dashboard.json"), text));
            } catch (IOException e) {
                throw new UncheckedIOException("the dashboard cannot be copied", e);
            }
        }

        @Override
        public void heal(Replica replica) {
            replica.restoreDashboard();
        }
    }

    private static final class ScrapeDown implements ReplicaFault {
        private static final String POD = "runtime-1";
        private static final Set<String> WORDS = Set.of(ProcessFaults.NO_METRICS);
        private static final Duration LIMIT = Duration.ofSeconds(60);

        @Override
        public String id() {
            return "scrape-down";
        }

        @Override
        public String description() {
            return "one runtime pod has no /metrics, as none has in the published service (A4)";
        }

        @Override
        public void inject(Replica replica) {
            replica.cluster().dials().addFaultWords(POD, WORDS);
            replacePods(replica);
        }

        @Override
        public void heal(Replica replica) {
            replica.cluster().dials().removeFaultWords(POD, WORDS);
            replacePods(replica);
        }

        private static void replacePods(Replica replica) {
            replica.cluster().replacePods(LIMIT, waitedFor -> {});
        }
    }
}
