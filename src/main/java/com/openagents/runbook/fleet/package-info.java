/** One run over many environments, in as many processes as run at a time. */
package com.openagents.runbook.fleet;
