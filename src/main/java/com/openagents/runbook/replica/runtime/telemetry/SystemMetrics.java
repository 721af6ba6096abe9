package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Summary;
import java.util.concurrent.TimeUnit;

/** The database and the virtual machine. */
public final class SystemMetrics {
    private final Summary total;
    private final Summary decode;
    private final Summary query;
    private final Summary queue;
    private final Summary memory;
    private final Summary runQueue;
    private final Summary runQueueCpu;
    private final Summary runQueueIo;

    public SystemMetrics(Metrics metrics) {
        total = metrics.summary("openagents_runtime_repo_query_total_time");
        decode = metrics.summary("openagents_runtime_repo_query_decode_time");
        query = metrics.summary("openagents_runtime_repo_query_query_time");
        queue = metrics.summary("openagents_runtime_repo_query_queue_time");
        // The pool does not tell how long a connection was idle; the series exists and stays empty.
        metrics.summary("openagents_runtime_repo_query_idle_time");
        memory = metrics.summary("vm_memory_total");
        runQueue = metrics.summary("vm_total_run_queue_lengths_total");
        runQueueCpu = metrics.summary("vm_total_run_queue_lengths_cpu");
        runQueueIo = metrics.summary("vm_total_run_queue_lengths_io");
    }

    /** How long a statement ran and how long its rows took to read, in nanoseconds. */
    public void queried(long queryNanos, long decodeNanos) {
        query.observe(millis(queryNanos));
        decode.observe(millis(decodeNanos));
        total.observe(millis(queryNanos + decodeNanos));
    }

    /** How long a connection was waited for. */
    public void connected(long nanos) {
        queue.observe(millis(nanos));
    }

    /** One sample of the virtual machine: kilobytes in use, and tasks that wait for a thread. */
    public void sample(int waitingForCpu, int waitingForIo) {
        var machine = Runtime.getRuntime();
        memory.observe((machine.totalMemory() - machine.freeMemory()) / 1024.0);
        runQueue.observe((double) waitingForCpu + waitingForIo);
        runQueueCpu.observe(waitingForCpu);
        runQueueIo.observe(waitingForIo);
    }

    private static double millis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
