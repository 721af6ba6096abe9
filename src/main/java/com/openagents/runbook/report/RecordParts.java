package com.openagents.runbook.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Reads a record line by line, be it of one run or of several that were merged. */
final class RecordParts {
    private final List<Run> parts = new ArrayList<>();
    private String mergedId = "";
    private Map<String, String> expected = Map.of();
    private boolean inPart;
    private ChainCheck chain = new ChainCheck();
    private Messages messages = new Messages(chain);
    private final List<Problem> problems = new ArrayList<>();
    private LinesDigest digest = new LinesDigest();
    private int number;
    private int unreadable;

    /** @param bytes of the line, without its line feed */
    void line(byte[] bytes) {
        var line = new String(bytes, StandardCharsets.UTF_8);
        var mark = MergedRecord.mark(line);
        if (mark.isPresent()) {
            endPart();
            if (mark.get().head()) {
                mergedId = mark.get().runId();
                expected = mark.get().parts();
            }
            inPart = !mark.get().head();
            return;
        }
        if (inPart) {
            digest.add(bytes);
        }
        message(line);
        // A chain knows only its own part.
        chain.read(bytes);
    }

    private void message(String line) {
        number++;
        if (line.isBlank()) {
            return;
        }
        if (unreadable > 0) {
            messages.unreadable(unreadable);
            unreadable = 0;
        }
        if (!messages.accept(line)) {
            unreadable = number;
        }
    }

    private void endPart() {
        if (unreadable > 0) {
            messages.truncated(unreadable);
        }
        if (inPart) {
            var part = messages.run("");
            parts.add(part);
            if (!digest.is(expected.get(part.facts().runId()))) {
                problems.add(new Problem(
                        Verdict.FAILED,
                        "The record of the run " + part.facts().runId()
                                + " is not the one that was merged: merge the runs again from their own folders"));
            }
        }
        digest = new LinesDigest();
        chain = new ChainCheck();
        messages = new Messages(chain);
        number = 0;
        unreadable = 0;
    }

    /** @param sha256 of the whole record; empty if it is not known */
    Run run(String sha256) {
        if (expected.isEmpty()) {
            if (unreadable > 0) {
                messages.truncated(unreadable);
            }
            return messages.run(sha256);
        }
        endPart();
        missing();
        return Merge.of(mergedId, parts, expected, problems, sha256);
    }

    private void missing() {
        var there = new HashSet<String>();
        parts.forEach(part -> there.add(part.facts().runId()));
        expected.keySet().stream()
                .filter(id -> !there.contains(id))
                .map(id -> new Problem(Verdict.INCOMPLETE, "The record lacks the run " + id + ", which is part of it"))
                .forEach(problems::add);
    }
}
