/** One client for each system of an environment; answers in plain records that speak the runbook's language. */
package com.openagents.runbook.system;
