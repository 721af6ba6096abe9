/** One run over many environments, each in a process of its own. */
package com.openagents.runbook.fleet;
