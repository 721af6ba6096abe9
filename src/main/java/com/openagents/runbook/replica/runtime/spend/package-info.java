/** Budgets of tool calls: what happens to reservations that nobody settled (contract 9.3). */
package com.openagents.runbook.replica.runtime.spend;
