/** The run routes: ownership, frames, snapshot, cancel, and the event stream (contract 3.4 and 3.7 to 3.10). */
package com.openagents.runbook.replica.runtime.runs;
