/** The sync WebSocket: tokens, the Phoenix channel protocol, subscriptions and replay (contract 5). */
package com.openagents.runbook.replica.runtime.khala;
