/** The replica of the runtime service: one operating-system process per pod, speaking the contracts of the real one. */
package com.openagents.runbook.replica.runtime;
