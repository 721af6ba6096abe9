/** Run events: their order, their hash chain, and how other pods hear of them (contract 7.5). */
package com.openagents.runbook.replica.runtime.events;
