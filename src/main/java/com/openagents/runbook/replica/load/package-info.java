/** Ordinary traffic against the pods of a replica, through the wire, by clients that remember what they saw. */
package com.openagents.runbook.replica.load;
