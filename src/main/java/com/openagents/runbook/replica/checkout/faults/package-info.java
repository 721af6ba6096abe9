/** Defects put into the replica's checkout on purpose, to prove that the checks of sections 8 and 9 can fail. */
package com.openagents.runbook.replica.checkout.faults;
