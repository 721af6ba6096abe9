/** What keeps secrets out of stored payloads (contract 7.6). */
package com.openagents.runbook.replica.runtime.security;
