/**
 * A living Kubernetes cluster of one node on this machine, with the runtime deployed in it: an API server, controllers,
 * and pods that are operating-system processes.
 */
package com.openagents.runbook.replica.cluster;
