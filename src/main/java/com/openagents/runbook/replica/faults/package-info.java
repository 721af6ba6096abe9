/** The words for defects put into the replica on purpose, to prove that a check can fail. */
package com.openagents.runbook.replica.faults;
