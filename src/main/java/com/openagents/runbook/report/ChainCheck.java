package com.openagents.runbook.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.evidence.HashChain;

/** Follows the hash chain of a record while it is read. */
final class ChainCheck {
    private final HashChain chain = new HashChain();
    private int proven;
    private int end;
    private String broken = "";

    /** A line, after what it says was heard. */
    void read(byte[] line) {
        chain.add(line);
        if (end > 0 && chain.lines() > end && broken.isEmpty()) {
            broken = goesOn();
        }
    }

    private String goesOn() {
        return "breaks after line " + end + ": the record goes on after its end";
    }

    /** What the line that is being read says of those before it. */
    void link(JsonNode json) {
        var said = new HashChain.Link(
                json.path("lines").asInt(),
                json.path("sha256").asText(),
                json.path("last").asBoolean());
        if (!broken.isEmpty()) {
            return;
        }
        if (end > 0) {
            broken = goesOn();
        } else if (!said.equals(chain.link(said.last()))) {
            broken = "breaks between line " + (proven + 1) + " and line " + (chain.lines() + 1)
                    + ": a line there was changed, added or removed after it was written";
        } else {
            // The link proves what is before it; the last one is followed by nothing.
            proven = chain.lines();
            end = said.last() ? proven + 1 : 0;
        }
    }

    RecordChain result() {
        boolean whole = broken.isEmpty() && end > 0;
        return RecordChain.of(chain.lines(), whole ? end : proven, whole, broken);
    }
}
