/**
 * A small Kubernetes API server in memory: it serves the kinds the runbook meets, over plain HTTP, and answers as a real
 * server of the same version does. It runs no controllers; those are clients of it, as in a real cluster.
 */
package com.openagents.runbook.replica.cluster.api;
