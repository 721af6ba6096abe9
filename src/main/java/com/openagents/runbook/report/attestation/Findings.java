package com.openagents.runbook.report.attestation;

import com.openagents.runbook.report.Text;
import com.openagents.runbook.report.attestation.Verification.Finding;
import com.openagents.runbook.report.attestation.Verification.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a verification has found so far. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private final Set<String> different = new HashSet<>();

    void holds(String part, String text) {
        all.add(new Finding(Kind.HOLDS, part, text));
    }

    /** @param what happened to the file, to follow its name */
    void differs(String part, String file, String what) {
        different.add(file);
        // Whoever added a file chose its name.
        all.add(new Finding(Kind.DIFFERS, part, Text.visible(file) + " " + what));
    }

    void notChecked(String part, String text) {
        all.add(new Finding(Kind.NOT_CHECKED, part, text));
    }

    void leftOut(String part, String text) {
        all.add(new Finding(Kind.LEFT_OUT, part, text));
    }

    /** Whether this file was named already. */
    boolean name(String file) {
        return different.contains(file);
    }

    List<Finding> all() {
        return all;
    }
}
