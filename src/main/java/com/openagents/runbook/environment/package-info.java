/** Reads and validates {@code environments/*.yaml}, opens the systems they name, and closes them. */
package com.openagents.runbook.environment;
