/** What steps saw, how it is kept free of secrets, and how a failed or impossible check speaks. */
package com.openagents.runbook.evidence;
