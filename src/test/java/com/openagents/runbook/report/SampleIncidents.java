package com.openagents.runbook.report;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What {@link SampleRecord} saw of alerts and leases. */
final class SampleIncidents {
    private SampleIncidents() {}

    static void observability(RecordMaker maker) {
        var series = Stream.concat(
                        Stream.of("metric | series"),
                        IntStream.rangeClosed(1, 24)
                                .mapToObj(i -> "openagents_runtime_metric_" + i + "_count | " + i * 3))
                .toArray(String[]::new);
        maker.when(
                        "the alert rules of group \"runtime.slo\"",
                        Outcome.passes()
                                .in(120)
                                .seeing(
                                        "Metrics named by the alert rules",
                                        "prometheus",
                                        "count by (__name__) ({__name__=~\"openagents_runtime_.*\"})",
                                        "",
                                        Map.of("server", "3.5.0"),
                                        series))
                .when(
                        "Prometheus knows every metric they name",
                        Outcome.passes().in(18))
                .when(
                        "the dashboard \"runtime-ops-dashboard\"",
                        Outcome.cannotCheck(
                                "This environment names no Grafana. Add systems.grafana.url to environments/production.yaml."));
    }

    static void leases(RecordMaker maker) {
        maker.when(
                        "the leases of runs that are not finished",
                        Outcome.passes()
                                .in(38)
                                .seeing(
                                        "Leases of runs that are not finished",
                                        "database",
                                        "select l.run_id, l.lease_owner, l.lease_expires_at, l.recovery_attempt_count from runtime.run_leases l "
                                                + "join runtime.runs r using (run_id) where r.status not in ('succeeded','failed','canceled')",
                                        "expired for less than 10 s",
                                        Map.of("snapshot", "0x1f3a9c"),
                                        "run_id | lease_owner | lease_expires_at | recovery_attempt_count",
                                        "3f0c2b1e-77aa-4c53-9a19-0c5f7d0e8e01 | runtime@10.8.1.12 | 2026-11-24T06:00:21Z | 0",
                                        "9d8b7c6a-1b2c-4d3e-8f90-a1b2c3d4e5f6 | runtime@10.8.2.31 | 2026-11-24T06:00:14Z | 1"))
                .when(
                        "no lease has been expired for longer than two janitor cycles",
                        Outcome.passes().in(1))
                .when(
                        "no run was given up by the janitor within the last 15 minutes",
                        Outcome.passes().in(24))
                .when(
                        "the network policy \"runtime-ingress\"",
                        Outcome.passes()
                                .in(57)
                                .seeing(
                                        "Rules of NetworkPolicy runtime-ingress",
                                        "kubernetes",
                                        "kubectl --context gke-prod -n openagents get networkpolicy runtime-ingress -o yaml",
                                        "the four sources of the runbook",
                                        Map.of("resourceVersion", "39110024"),
                                        "from | ports",
                                        "pods app=runtime | TCP 4369, TCP 9000",
                                        "pods app.kubernetes.io/name=openagents-com | TCP 4000",
                                        "namespaces openagents.io/control-plane=true, pods app.kubernetes.io/name=openagents-com | TCP 4000",
                                        "pods openagents.io/runtime-http-client=true | TCP 4000"))
                .when("its rules are those of the runbook", Outcome.passes().in(1));
    }
}
