package com.openagents.runbook.report.attestation;

import java.util.List;

/**
 * What was found out about the folder of a run.
 *
 * @param signed whether it holds by a signature of the given key
 */
public record Verification(List<Finding> findings, boolean signed) {

    /** How one part stands. */
    public enum Kind {
        HOLDS("holds"),
        /** A file is not as it was written. */
        DIFFERS("DIFFERS"),
        /** It should have been checked, and could not be. */
        NOT_CHECKED("NOT CHECKED"),
        /** There is nothing to check it by. */
        LEFT_OUT("left out");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The words used in the terminal. */
        public String word() {
            return word;
        }
    }

    /** One thing that was looked at, and the part of the whole that it belongs to, such as {@code record}. */
    public record Finding(Kind kind, String part, String text) {}

    public Verification {
        findings = List.copyOf(findings);
    }

    public boolean has(Kind kind) {
        return findings.stream().anyMatch(finding -> finding.kind() == kind);
    }

    /** What all of it proves, and what not. */
    public String conclusion() {
        if (has(Kind.DIFFERS)) {
            return "Do not rely on this folder: what is named above is not as the run left it.";
        } else if (has(Kind.NOT_CHECKED)) {
            return "What was checked fits together, but who signed it was not checked, so it proves no more than an unsigned"
                    + " run.";
        } else if (signed) {
            return "All of it holds: the owner of the key signed for these files. That shows who vouches for them and that"
                    + " nobody changed them since; it does not show that the systems told the truth.";
        }
        return "All of it fits together, and nothing is signed. That shows damage and careless edits; it does not show who"
                + " made the files: whoever can change one can make the others fit.";
    }
}
