/** Steps for records that the real engine writes; no part of the runbook. */
package com.openagents.runbook.report.played;
