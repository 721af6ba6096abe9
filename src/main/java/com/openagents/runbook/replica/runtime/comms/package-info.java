/** Delivery events that mail providers report (contract 3.13). */
package com.openagents.runbook.replica.runtime.comms;
