/** Codex workers: their routes, events and streams (contract 3.11). */
package com.openagents.runbook.replica.runtime.codex;
