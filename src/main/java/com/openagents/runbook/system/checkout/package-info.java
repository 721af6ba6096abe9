/** A working copy of the OpenAgents repository: its commands, run as processes, and what they leave behind. */
package com.openagents.runbook.system.checkout;
