/** Alertmanager: the alerts it holds. */
package com.openagents.runbook.system.alertmanager;
