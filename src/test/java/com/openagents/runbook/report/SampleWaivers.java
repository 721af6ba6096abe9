package com.openagents.runbook.report;

import com.openagents.runbook.evidence.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small run with waivers of every kind, and with controls that have gaps on both sides. */
final class SampleWaivers {
    static final String START = "2026-11-24T06:00:00Z";
    private static final String FEATURE = """
            @section-1 @check
            Feature: 1 Daily checks

              @statement:1.1 @severity:critical
              Scenario: Healthy
                Given pods

              @statement:1.2 @severity:high
              Scenario: Calm
                Given an autoscaler

              @statement:1.3 @severity:high
              Scenario: Smoked
                Given a smoke run

              @statement:2.1 @severity:medium
              Scenario: Shown
                Given a dashboard

              @statement:2.2 @severity:medium
              Scenario: Told
                Given alerts
            """;
    private static final Finding NOT_READY = new Finding(
            "Runtime pods are healthy",
            "1 of 3 pods is not ready",
            List.of("runtime-2   CrashLoopBackOff"),
            "3.2",
            "check pod restarts",
            "kubectl describe pod runtime-2");
    private static final Finding NO_ALERTS = new Finding(
            "Alerts reach the Alertmanager",
            "none came within 30 s",
            List.of(),
            "2.2",
            "look at its address",
            "amtool");

    private final List<Map<String, Object>> waivers = new ArrayList<>();
    private final RecordMaker maker = new RecordMaker(START)
            .runFacts(
                    "{\"runId\":\"r2\",\"environment\":\"staging\",\"kind\":\"live\",\"mode\":\"run\",\"startedAt\":\""
                            + START + "\"}");

    /** Everything at once. */
    static String record() {
        return new SampleWaivers()
                .waives("Healthy", "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z")
                .waives("Smoked", "2026-11-01T00:00:00Z", "2026-12-05T00:00:00Z")
                .waives("Calm", "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z")
                .waives("Told", "2026-10-01T00:00:00Z", "2026-11-20T00:00:00Z")
                .waives("Told", "2026-12-01T00:00:00Z", "2026-12-20T00:00:00Z")
                .waives("Elsewhere", "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z")
                .played();
    }

    /** A waiver of a scenario by its name or id. */
    SampleWaivers waives(String scenario, String from, String until) {
        return waiver("scenario", scenario, from, until);
    }

    SampleWaivers waivesStatement(String statement, String from, String until) {
        return waiver("statement", statement, from, until);
    }

    private SampleWaivers waiver(String subject, String name, String from, String until) {
        var waiver = new LinkedHashMap<String, Object>();
        waiver.put("id", "W" + (waivers.size() + 1));
        waiver.put("scenario", subject.equals("scenario") ? name : "");
        waiver.put("statement", subject.equals("statement") ? name : "");
        waiver.put("environments", List.of("staging"));
        waiver.put("owner", "j.doe");
        waiver.put("approver", "m.roe");
        waiver.put("ticket", "OPS-" + (411 + waivers.size()));
        waiver.put("reason", "the new node pool comes in December");
        waiver.put("risk", "one pod fewer under load");
        waiver.put("from", from);
        waiver.put("until", until);
        waivers.add(waiver);
        return this;
    }

    SampleWaivers when(String step, Outcome outcome) {
        maker.when(step, outcome);
        return this;
    }

    /** The record's maker before anything is played; what steps do may still be changed. */
    RecordMaker maker() {
        attach();
        return maker.feature("features/01.feature", FEATURE);
    }

    /** What stands at the head of the record; once more, as in a record made of shards. */
    void attach() {
        maker.attach(Waiver.MEDIA_TYPE, RecordMaker.json(Map.of("waivers", waivers)))
                .attach(Framework.MEDIA_TYPE, RecordMaker.json(Map.of("frameworks", List.of(framework()))));
    }

    String played() {
        maker.when("pods", Outcome.finds(NOT_READY).seeing("Pods"))
                .when("an autoscaler", Outcome.passes().seeing("Autoscaler"))
                .when("a smoke run", Outcome.cannotCheck("The Job runtime-smoke is gone"))
                .when("a dashboard", Outcome.passes().seeing("Dashboard"))
                .when("alerts", Outcome.finds(NO_ALERTS));
        return maker().playAll().finished();
    }

    private static Framework framework() {
        return new Framework(
                "SOC2",
                "SOC 2, Trust Services Criteria 2017",
                List.of(
                        new Framework.Control("A1.1", "Capacity is kept", List.of("1.1"), List.of("1-calm"), 2),
                        new Framework.Control("A1.3", "Recovery is rehearsed", List.of("8.5"), List.of(), 9),
                        new Framework.Control("CC7.4", "Incidents are answered", List.of(), List.of(), 0),
                        new Framework.Control("CC8.1", "Changes are tested", List.of("1.3"), List.of("Shown"), 2)));
    }
}
