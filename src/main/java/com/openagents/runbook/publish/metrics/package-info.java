/** A run as numbers: for a file, a Pushgateway, a collector. */
package com.openagents.runbook.publish.metrics;
