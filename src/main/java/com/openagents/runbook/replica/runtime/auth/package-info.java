/** The internal API token and the principal of a request (contract 3.2 and 3.4). */
package com.openagents.runbook.replica.runtime.auth;
