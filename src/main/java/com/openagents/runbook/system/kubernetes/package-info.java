/** What the runbook asks of Kubernetes (runbook 1, 3, 6, 7). */
package com.openagents.runbook.system.kubernetes;
