/** Log lines in the service's format (contract 11.2). */
package com.openagents.runbook.replica.runtime.logging;
