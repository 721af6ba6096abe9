/** The stand-in for all systems on one machine: real processes, a real PostgreSQL, a small Kubernetes. */
package com.openagents.runbook.replica;
