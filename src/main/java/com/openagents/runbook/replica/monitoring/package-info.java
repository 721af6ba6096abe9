/** The real Prometheus and Alertmanager over the replica's metrics: where the programs come from, and one run of them. */
package com.openagents.runbook.replica.monitoring;
