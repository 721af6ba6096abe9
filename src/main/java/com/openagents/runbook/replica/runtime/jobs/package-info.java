/** Work that every pod repeats at an interval (contract 0.2). */
package com.openagents.runbook.replica.runtime.jobs;
