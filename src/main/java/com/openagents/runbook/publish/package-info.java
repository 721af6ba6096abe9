/** What a run tells machines and people when it is over. Whether they can be told never changes a verdict. */
package com.openagents.runbook.publish;
