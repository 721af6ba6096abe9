/** What happens to an accepted frame: leases, the executor, loop detection, and the janitor (contract 6, 7, 9.4). */
package com.openagents.runbook.replica.runtime.execution;
