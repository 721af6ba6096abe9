/** The operations dashboard: the one that Grafana shows, or the file it is made from. */
package com.openagents.runbook.system.grafana;
