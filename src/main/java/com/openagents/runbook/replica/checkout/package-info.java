/**
 * A stand-in for a working copy of the OpenAgents repository, as far as the runbook touches it, with a {@code mix} that does
 * the same work against the replica (contract 14 and 15).
 */
package com.openagents.runbook.replica.checkout;
