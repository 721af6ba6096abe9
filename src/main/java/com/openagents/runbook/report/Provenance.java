package com.openagents.runbook.report;

/**
 * What proves that a record is as it was written, and by whom.
 *
 * @param signature the algorithm with which the run was to be signed, such as {@code Ed25519}; empty if with none
 * @param environmentSha256 of the file of the environment; empty if the record does not say
 */
public record Provenance(RecordChain chain, String signature, String environmentSha256) {

    /** The media type under which this is attached to the run, as JSON. */
    static final String MEDIA_TYPE = "application/vnd.openagents.provenance+json";

    /** Whether somebody who saw the run to its end was to sign for it. */
    public boolean signed() {
        return !signature.isEmpty() && chain.whole();
    }

    /** Whether there is to be a signature, and if not, why. Whether there is one, no record can know. */
    public String text() {
        if (signed()) {
            return "to be signed (" + signature + "); ./runbook verify says whether it is";
        }
        return signature.isEmpty()
                ? "not signed: its environment names no signing-key"
                : "not signed: the run did not write its record to the end";
    }
}
