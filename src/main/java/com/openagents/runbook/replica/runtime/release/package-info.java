/** The release commands that the Jobs run with eval: migrations and the smoke check (contract 4 and 15.3). */
package com.openagents.runbook.replica.runtime.release;
