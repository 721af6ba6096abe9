/** Cloud Run as the chained deploy leaves it: one service, one migration job, and the Admin API that tells of them. */
package com.openagents.runbook.replica.cloudrun;
