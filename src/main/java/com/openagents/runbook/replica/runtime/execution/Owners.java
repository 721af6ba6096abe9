package com.openagents.runbook.replica.runtime.execution;

import java.util.concurrent.atomic.AtomicLong;

/** The text that names a lease owner: {@code <node>:agent:<run_id>:<pid>} (contract 6.1). */
final class Owners {
    private final String node;
    private final boolean perExecution;
    private final AtomicLong executions = new AtomicLong();

    /** @param perExecution whether every execution is an owner of its own, as published */
    Owners(String node, boolean perExecution) {
        this.node = node;
        this.perExecution = perExecution;
    }

    String next(String runId) {
        long process = ProcessHandle.current().pid();
        var execution = perExecution ? "." + executions.incrementAndGet() : ".0";
        return node + ":agent:" + runId + ":#PID<0." + process + execution + ">";
    }
}
