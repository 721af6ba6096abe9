/**
 * What people and machines read about a run: a pure function of its record, the Cucumber messages in {@code run.ndjson}.
 * Nothing here asks a system, and the same record gives the same bytes.
 */
package com.openagents.runbook.report;
