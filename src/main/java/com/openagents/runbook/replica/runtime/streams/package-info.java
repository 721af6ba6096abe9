/** Following a sequence of events over server-sent events, whatever the events are (contract 3.8). */
package com.openagents.runbook.replica.runtime.streams;
