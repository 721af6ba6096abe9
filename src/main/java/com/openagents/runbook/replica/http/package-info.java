/** HTTP for the parts of the replica that stand in for somebody else's service. */
package com.openagents.runbook.replica.http;
