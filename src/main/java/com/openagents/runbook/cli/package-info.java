/** The commands of {@code ./runbook}. They read options and print; the logic is elsewhere. */
package com.openagents.runbook.cli;
