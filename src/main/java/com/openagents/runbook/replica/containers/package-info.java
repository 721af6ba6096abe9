/** The replica in containers: a real Kubernetes, database and monitoring, wherever a Docker engine answers. */
package com.openagents.runbook.replica.containers;
