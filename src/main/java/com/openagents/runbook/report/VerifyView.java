package com.openagents.runbook.report;

/** How whoever holds the page can verify it. */
record VerifyView(Run run) {

    String signature() {
        return run.signature();
    }

    boolean signed() {
        return run.provenance().signed();
    }

    String chain() {
        return run.provenance().chain().text();
    }

    boolean broken() {
        return !run.provenance().chain().broken().isEmpty();
    }

    String record() {
        return run.recordSha256();
    }

    /** The command, as it is typed beside the folder of the run. */
    String command() {
        var folder = run.facts().runId().isEmpty() ? "RUN" : run.facts().runId();
        return "./runbook verify " + folder + (signed() ? " --key PUBLIC.pem" : "");
    }
}
