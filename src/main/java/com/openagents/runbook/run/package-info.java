/** One run of the runbook: what is selected, the engine that runs it, and the record that is written as it happens. */
package com.openagents.runbook.run;
