package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Finding;
import io.cucumber.messages.types.TestStepResultStatus;
import java.util.List;
import java.util.Map;

/** A run as on-call would see it: mostly well, one real finding, some things that could not be checked. */
final class SampleRecord {
    private static final List<String> FEATURES = List.of(
            "01-daily-checks", "02-observability", "04b-lease-steals", "05-secrets-rotation", "09-local-baseline");
    private static final String PODS = "kubectl --context gke-prod -n openagents get pods -l app=runtime";
    private static final Map<String, String> POD_LIST = Map.of("resourceVersion", "48213377", "server", "v1.34.2");

    private SampleRecord() {}

    /** All of it, to its end. */
    static String finished() {
        return maker().playAll().finished();
    }

    /** Stopped in the middle of the drill's third step. */
    static String killed() {
        var all = maker().play("Every runtime pod is healthy")
                .play("A rotated signature secret locks out tokens signed with the old one")
                .killed();
        var lines = all.lines().toList();
        return String.join("\n", lines.subList(0, lines.size() - 4)) + "\n"
                + lines.get(lines.size() - 4).substring(0, 40);
    }

    private static RecordMaker maker() {
        var maker = facts(new RecordMaker("2026-11-24T06:00:00Z"));
        FEATURES.forEach(name -> maker.feature(
                "file:///srv/runbook/features/" + name + ".feature",
                HtmlReport.resource("sample/" + name + ".feature")));
        dailyChecks(maker);
        SampleIncidents.observability(maker);
        SampleIncidents.leases(maker);
        rotation(maker);
        baseline(maker);
        return maker;
    }

    private static RecordMaker facts(RecordMaker maker) {
        return maker.runFacts("{\"runId\":\"20261124T060000Z-7c1e\",\"environment\":\"production\",\"kind\":\"live\","
                        + "\"selection\":{\"sections\":[\"1\",\"2\",\"4b\",\"5\",\"9\"],\"tags\":\"not @slow\",\"faults\":[]},"
                        + "\"startedBy\":\"j.doe on ops-bastion-1\",\"suiteVersion\":\"0.1.0 (433d643)\","
                        + "\"runbookHash\":\"sha256:9f2c4e1b7a0d6c58e3f1a2b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8\","
                        + "\"featureHash\":\"sha256:0b7d1c2e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d7e8f9a0b1c2d3e4\","
                        + "\"startedAt\":\"2026-11-24T06:00:00Z\",\"namespace\":\"openagents\",\"mode\":\"run\"}")
                .identity("{\"system\":\"kubernetes\",\"facts\":{\"version\":\"v1.34.2\",\"context\":\"gke-prod\","
                        + "\"cluster\":\"4be1c9d2-0f0a-4f3e-9b6c-2f5d8f0a7a11\",\"server\":\"https://34.66.12.9\","
                        + "\"image runtime\":\"us-central1-docker.pkg.dev/openagentsgemini/runtime/runtime@sha256:"
                        + "6b8f1c0d9e2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4\"}}")
                .identity(
                        "{\"system\":\"database\",\"facts\":{\"version\":\"PostgreSQL 15.18\",\"address\":\"10.40.0.7:5432\","
                                + "\"database\":\"openagents_runtime\",\"user\":\"oa_runbook_ro\"}}")
                .identity(
                        "{\"system\":\"runtime\",\"facts\":{\"address\":\"http://runtime.openagents.svc:80\",\"version\":\"0.1.0\"}}")
                .identity(
                        "{\"system\":\"prometheus\",\"facts\":{\"version\":\"3.5.0\",\"address\":\"http://prometheus.monitoring:9090\"}}")
                .phase("read the environment", 84)
                .phase("preflight: permissions", 412)
                .phase("steady state before drills", 1630);
    }

    private static void dailyChecks(RecordMaker maker) {
        var pods = Outcome.passes()
                .in(312)
                .seeing(
                        "Pods of the StatefulSet runtime",
                        "kubernetes",
                        PODS,
                        "3 pods, as spec.replicas asks for",
                        POD_LIST,
                        "pod | phase | ready | restarts | node | started",
                        "runtime-0 | Running | True | 0 | gke-prod-a-1f0c | 2026-11-21T09:14:02Z",
                        "runtime-1 | Running | True | 0 | gke-prod-b-77d2 | 2026-11-21T09:14:40Z",
                        "runtime-2 | Running | False | 7 | gke-prod-c-02ab | 2026-11-24T05:57:51Z");
        maker.when("as many runtime pods as the StatefulSet asks for", pods)
                .when(
                        "every runtime pod is ready",
                        Outcome.finds(new Finding(
                                        "Runtime pods are healthy",
                                        "1 of 3 pods is not ready",
                                        List.of(
                                                "runtime-2   CrashLoopBackOff, 7 restarts, last exit 137 (OOMKilled) 2 min ago",
                                                "not ready since 2026-11-24 05:41 UTC; memory limit 2Gi"),
                                        "3.2",
                                        "check pod restarts and recent deploys",
                                        "kubectl --context gke-prod -n openagents describe pod runtime-2"))
                                .in(41)
                                .seeing(
                                        "Container runtime of pod runtime-2",
                                        "kubernetes",
                                        "kubectl --context gke-prod -n openagents get pod runtime-2 -o jsonpath={.status.containerStatuses[0]}",
                                        "ready is True",
                                        POD_LIST,
                                        "name | ready | state | last state | exit code | reason | finished | image",
                                        "runtime | False | waiting: CrashLoopBackOff | terminated | 137 | OOMKilled | "
                                                + "2026-11-24T05:57:58Z | us-central1-docker.pkg.dev/openagentsgemini/runtime/runtime:20261121-1"))
                .when(
                        "the autoscaler can read its metrics and may scale",
                        Outcome.passes()
                                .in(95)
                                .seeing(
                                        "Conditions of the HPA runtime",
                                        "kubernetes",
                                        "kubectl --context gke-prod -n openagents describe hpa runtime",
                                        "AbleToScale and ScalingActive are True",
                                        Map.of("resourceVersion", "48213102"),
                                        "condition | status | reason | since",
                                        "AbleToScale | True | ReadyForNewScale | 2026-11-20T11:02:00Z",
                                        "ScalingActive | True | ValidMetricFound | 2026-11-24T03:10:15Z",
                                        "ScalingLimited | False | DesiredWithinRange | 2026-11-24T03:10:15Z"))
                .when("it runs as many pods as it wants", Outcome.passes().in(3))
                .when(
                        "it is within its bounds and not at the upper one",
                        Outcome.passes()
                                .in(2)
                                .seeing(
                                        "Size of the HPA runtime",
                                        "kubernetes",
                                        "kubectl --context gke-prod -n openagents get hpa runtime",
                                        "3 to 12 pods, fewer than 12",
                                        Map.of("resourceVersion", "48213102"),
                                        "min | max | current | desired | cpu",
                                        "3 | 12 | 3 | 3 | 41% of 70%"))
                .when(
                        "the smoke Job exists",
                        Outcome.cannotCheck(
                                        "The Job runtime-smoke is gone: Kubernetes removes it 30 minutes after it ends (ttlSecondsAfterFinished 1800). "
                                                + "Rerun the gate (runbook 6) or look at the last deploy's log.")
                                .in(66)
                                .seeing(
                                        "Jobs of the runtime",
                                        "kubernetes",
                                        "kubectl --context gke-prod -n openagents get jobs -l app.kubernetes.io/name=runtime",
                                        "a Job runtime-smoke",
                                        POD_LIST));
    }

    private static void rotation(RecordMaker maker) {
        maker.when(
                        "a steady state: all runtime pods ready, internal API answers 200",
                        Outcome.passes()
                                .in(640)
                                .seeing(
                                        "Internal API before the drill",
                                        "runtime",
                                        "GET /internal/v1/health",
                                        "200",
                                        Map.of("x-request-id", "GHoXq0f9pJ3mYzUAAABh"),
                                        "pod | status | took",
                                        "runtime-0 | 200 | 4 ms",
                                        "runtime-1 | 200 | 5 ms"))
                .when(
                        "the signature secret is rotated and the pods are restarted",
                        Outcome.passes().in(78_400))
                .when(
                        "a token signed with the new secret is accepted by every pod",
                        Outcome.breaks(
                                        "java.net.http.HttpTimeoutException",
                                        "request timed out",
                                        "\n\tat java.net.http/jdk.internal.net.http.HttpClientImpl.send(HttpClientImpl.java:579)"
                                                + "\n\tat com.openagents.runbook.system.runtime.InternalApi.get(InternalApi.java:88)"
                                                + "\n\tat com.openagents.runbook.steps.RotationSteps.accepted(RotationSteps.java:41)")
                                .in(10_004));
    }

    private static void baseline(RecordMaker maker) {
        maker.when(
                        "the database of this environment",
                        Outcome.passes()
                                .in(29)
                                .seeing(
                                        "Databases of the server",
                                        "database",
                                        "select datname from pg_database order by datname",
                                        "",
                                        Map.of("server", "15.18"),
                                        "datname",
                                        "openagents_runtime_dev",
                                        "openagents_runtime_test",
                                        "postgres"))
                .when(
                        "it accepts connections within 2 seconds",
                        Outcome.passes().in(6))
                .when(
                        "all 34 migrations of the release are applied",
                        Outcome.passes().in(12))
                .when(
                        "a working copy of the repository with its Elixir tool chain",
                        Outcome.of(TestStepResultStatus.UNDEFINED, "", ""));
    }
}
