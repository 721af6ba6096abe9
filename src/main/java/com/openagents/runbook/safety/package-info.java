/**
 * What makes a change to a running system safe: consent and lock, the steady state before and after, and a journal of
 * inverses that outlives the process that wrote it (runbook 5 to 8).
 */
package com.openagents.runbook.safety;
