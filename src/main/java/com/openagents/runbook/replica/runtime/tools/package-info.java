/** Tool calls: the life cycle of a task, the coding tool pack, and the provider circuit breaker (contract 3.12 and 8). */
package com.openagents.runbook.replica.runtime.tools;
