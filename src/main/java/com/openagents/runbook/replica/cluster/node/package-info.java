/**
 * The node of the replica's cluster: it runs each container of the pods bound to it as an operating-system process with
 * an address of its own, watches it with probes, restarts it, keeps its log and reports what it sees. Its {@code speed}
 * shortens waiting (probe delays and periods, restart back-off); what objects say stays as it is written.
 */
package com.openagents.runbook.replica.cluster.node;
