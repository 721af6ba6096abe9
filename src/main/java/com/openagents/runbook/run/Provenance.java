package com.openagents.runbook.run;

import com.openagents.runbook.environment.Environment;

/**
 * What a record says of how it will be proven.
 *
 * @param signature the algorithm with which the run is to be signed; empty if it is not
 * @param environmentSha256 of the file of the environment
 */
record Provenance(String signature, String environmentSha256) {
    static final String MEDIA_TYPE = "application/vnd.openagents.provenance+json";

    static Provenance of(Environment environment) {
        return new Provenance(environment.signature(), environment.sha256());
    }
}
