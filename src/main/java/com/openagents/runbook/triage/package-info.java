/** Section 3 of the runbook on one page: what is most probably wrong, what that rests on, and everything that was seen. */
package com.openagents.runbook.triage;
