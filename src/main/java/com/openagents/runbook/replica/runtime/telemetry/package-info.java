/** The metrics of contract 11.1, by the names and labels that rules and dashboards assume, served on /metrics. */
package com.openagents.runbook.replica.runtime.telemetry;
