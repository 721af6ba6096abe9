/** What the process is told by its environment: the published variables and the replica's own settings. */
package com.openagents.runbook.replica.runtime.config;
