/** Decisions about tool calls and their reason codes (contract 9.1 and 9.2). */
package com.openagents.runbook.replica.runtime.policy;
