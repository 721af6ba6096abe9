/** What beside the runbook itself decides what a run is worth: who answers for a finding, and which controls it serves. */
package com.openagents.runbook.compliance;
