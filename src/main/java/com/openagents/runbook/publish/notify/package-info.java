/** What changed from run to run, told to people once, in the form that each way of telling takes. */
package com.openagents.runbook.publish.notify;
