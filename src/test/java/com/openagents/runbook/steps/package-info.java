/** The glue between the features and the systems: one line to a system, one assertion. */
package com.openagents.runbook.steps;
