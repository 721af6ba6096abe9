/** Budgets of tool calls: who pays, what is set aside, and what happens to what nobody settled (contract 9.3). */
package com.openagents.runbook.replica.runtime.spend;
