/** The providers that the runtime's tools call. */
package com.openagents.runbook.replica.provider;
