package com.openagents.runbook.report;

import com.openagents.runbook.evidence.HashChain;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.AttachmentContentEncoding;
import io.cucumber.messages.types.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A record with its hash chain, as a run writes it. */
final class ChainedRecord {
    private static final int LINES_BETWEEN_LINKS = 5;

    private final HashChain chain = new HashChain();
    private final StringBuilder record = new StringBuilder();

    private ChainedRecord() {}

    /** The record of a small run that passed, chained to its end. */
    static String small(String signature) {
        return of(maker(signature).finished(), true);
    }

    /** The same, as a run leaves it that was killed in its last scenario. */
    static String killed() {
        var all = maker("Ed25519").killed().lines().toList();
        return of(String.join("\n", all.subList(0, all.size() - 2)), false);
    }

    /** The same, as a run leaves it that was killed behind its last scenario, while it was put away. */
    static String withoutEnd(String signature) {
        return of(maker(signature).finished(), false);
    }

    /** The same, with one more link behind the last. */
    static String goneOn() {
        var chained = chained(maker("").finished(), true);
        chained.line(chained.link(false));
        return chained.record.toString();
    }

    private static RecordMaker maker(String signature) {
        return new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts(
                        "{\"runId\":\"20261124T060000Z\",\"environment\":\"staging\",\"kind\":\"live\",\"mode\":\"run\","
                                + "\"suiteVersion\":\"0.1.0\",\"featureHash\":\"" + "a".repeat(64) + "\"}")
                .attach(
                        Provenance.MEDIA_TYPE,
                        "{\"signature\":\"" + signature + "\",\"environmentSha256\":\"" + "b".repeat(64) + "\"}")
                .feature("features/01-daily-checks.feature", """
                        @section-1
                        Feature: 1 Daily checks
                          Scenario: Every pod is ready
                            Given a pod
                            Then it is ready
                        """)
                .when(
                        "a pod",
                        Outcome.passes()
                                .seeing("Pods", "kubernetes", "kubectl get pods", "", Map.of(), "pod", "runtime-0"))
                .playAll();
    }

    static String of(String record, boolean whole) {
        return chained(record, whole).record.toString();
    }

    private static ChainedRecord chained(String record, boolean whole) {
        var chained = new ChainedRecord();
        record.lines().forEach(chained::add);
        if (whole) {
            chained.line(chained.link(true));
        }
        return chained;
    }

    private void add(String text) {
        line(text);
        if (chain.lines() % LINES_BETWEEN_LINKS == 0) {
            line(link(false));
        }
    }

    private String link(boolean last) {
        return new RecordMaker("2026-11-24T06:00:00Z")
                .write(Envelope.of(new Attachment(
                        RecordMaker.json(chain.link(last)),
                        AttachmentContentEncoding.IDENTITY,
                        null,
                        HashChain.Link.MEDIA_TYPE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)))
                .killed()
                .lines()
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private void line(String text) {
        record.append(text).append('\n');
        chain.add(text.getBytes(StandardCharsets.UTF_8));
    }
}
