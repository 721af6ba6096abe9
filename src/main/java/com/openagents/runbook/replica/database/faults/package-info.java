/** Defects put into the database replica on purpose, to prove that the checks of section 9 can fail. */
package com.openagents.runbook.replica.database.faults;
