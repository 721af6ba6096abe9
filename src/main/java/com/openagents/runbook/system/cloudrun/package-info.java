/** Cloud Run by its Admin API: the service, its revisions and traffic, the migration job and its executions. */
package com.openagents.runbook.system.cloudrun;
