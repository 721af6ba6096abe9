/** The runtime's internal API and its event streams, as the runbook asks them (contract 3). */
package com.openagents.runbook.system.runtime;
