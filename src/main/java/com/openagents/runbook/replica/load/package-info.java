/** Ordinary traffic of ordinary clients: runs, tools, workers, sync sockets. Each client remembers what it saw. */
package com.openagents.runbook.replica.load;
