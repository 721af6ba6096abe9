/** Messages to people: sending them (contract 8.3), and what mail providers report of them (contract 3.13). */
package com.openagents.runbook.replica.runtime.comms;
