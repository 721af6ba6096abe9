/** Holds the prose of the runbook against its features, in both directions. */
package com.openagents.runbook.coverage;
