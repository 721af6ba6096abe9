/** JSON as plain maps and lists, written with sorted keys as the service does (contract 3.3). */
package com.openagents.runbook.replica.runtime.json;
