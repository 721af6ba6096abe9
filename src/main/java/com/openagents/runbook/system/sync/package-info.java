/** The Khala sync WebSocket as a client of the runtime speaks it (contract 5). */
package com.openagents.runbook.system.sync;
