/** Prometheus: its rules and alerts, its targets, its answers to queries. */
package com.openagents.runbook.system.prometheus;
