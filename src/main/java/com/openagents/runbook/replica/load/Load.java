package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.load.RunClient.Audit;
import com.openagents.runbook.replica.load.Tally.What;
import com.openagents.runbook.replica.runtime.sync.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Ordinary traffic that is going on: runs, workers, tool calls and sync clients. A healthy runtime answers all of it
 * without an error, and no alert of contract 12.1 has a reason in it.
 */
public final class Load implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int HEARTBEAT_SECONDS = 20;
    private static final long BETWEEN_ARRIVALS_MILLIS = 5;

    private final LoadOptions options;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, named("load"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(named("load-timer"));
    private final RunRows rows;
    private final Clock clock = new Clock(timer);
    private final Tally tally = new Tally();
    private final Parts parts;
    private final SplittableRandom chance;
    private final AtomicLong runsLeft;
    private final AtomicReference<Audit> audit = new AtomicReference<>(new Audit(0, 0));
    private final List<SyncClient> clients = new ArrayList<>();
    private final List<WorkerClient> workers = new ArrayList<>();
    private final List<CompletableFuture<Void>> producers = new ArrayList<>();
    private final CompletableFuture<Void> limit = new CompletableFuture<>();
    private final long begun;
    private long ended;
    private LoadSummary result;

    private Load(LoadTarget target, LoadOptions options) {
        this.options = options;
        chance = new SplittableRandom(options.seed());
        runsLeft = new AtomicLong(options.mostRuns());
        rows = new RunRows(target.database());
        parts = new Parts(options, new Wire(target, options.patience(), threads), clock, rows, tally);
        arrive();
        begun = System.nanoTime();
        produce();
        timer.schedule(() -> limit.complete(null), options.limit().toNanos(), TimeUnit.NANOSECONDS);
        CompletableFuture.allOf(producers.toArray(CompletableFuture[]::new)).thenRun(() -> limit.complete(null));
    }

    /** Connects the clients and returns when everything is going. */
    public static Load start(LoadTarget target, LoadOptions options) {
        return new Load(target, options);
    }

    private void arrive() {
        var heads = rows.heads().join();
        for (int i = 0; i < options.syncClients(); i++) {
            var ownChance = chance.split();
            var topics = ownChance.nextDouble() < options.summaryShare()
                    ? List.of(Topics.WORKER_EVENTS, Topics.RUN_SUMMARIES, Topics.WORKER_SUMMARIES)
                    : List.of(Topics.WORKER_EVENTS);
            var client = new SyncClient(parts, ownChance, topics, heads);
            clients.add(client);
            timer.schedule(client::come, i * BETWEEN_ARRIVALS_MILLIS, TimeUnit.MILLISECONDS);
            timer.scheduleAtFixedRate(client::heartbeat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        }
        all(clients.stream().map(SyncClient::ready).toList()).join();
    }

    private void produce() {
        for (int i = 0; i < options.runs(); i++) {
            var ownChance = chance.split();
            begin(
                    "run",
                    ownChance,
                    () -> runsLeft.getAndDecrement() > 0,
                    () -> new RunClient(parts, ownChance.split())
                            .play()
                            .thenAccept(seen -> audit.accumulateAndGet(seen, Audit::and)));
        }
        for (int i = 0; i < options.workers(); i++) {
            var ownChance = chance.split();
            var worker = new WorkerClient(parts, ownChance);
            workers.add(worker);
            begin("worker", ownChance, this::goesOn, worker::tell);
        }
        var ownChance = chance.split();
        begin("tool", ownChance, this::goesOn, new ToolCaller(parts, ownChance)::call);
    }

    /** Workers and tools end with the runs. */
    private boolean goesOn() {
        return runsLeft.get() > -options.runs();
    }

    private void begin(
            String what, SplittableRandom ownChance, BooleanSupplier goesOn, Supplier<CompletableFuture<?>> round) {
        producers.add(new Traffic(parts, what, ownChance, goesOn, round).begin());
    }

    /** Waits until the time is over or all runs have been made. */
    public void awaitLimit() {
        limit.join();
    }

    /** What has been done so far; lost is only what is sure to be lost already. */
    public LoadSummary summary() {
        return summary(Map.of(), System.nanoTime());
    }

    /** For each sync client what it saw of its topics. */
    public List<Map<String, SeenSequence>> seenByClients() {
        return clients.stream().map(SyncClient::sequences).toList();
    }

    /** Lets everything end that was begun, waits until every client should have seen all, and tells what came of it. */
    public synchronized LoadSummary stop() {
        if (result == null) {
            ended = System.nanoTime();
            clock.stop();
            all(producers).join();
            all(workers.stream().map(this::dismiss).toList()).join();
            all(clients.stream().map(SyncClient::rests).toList()).join();
            result = settle();
            clients.forEach(SyncClient::leave);
            rows.close();
            timer.shutdown();
            threads.shutdown();
        }
        return result;
    }

    private CompletableFuture<Void> dismiss(WorkerClient worker) {
        return worker.stop().handle((stopped, problem) -> {
            if (problem != null) {
                parts.failed("worker stop", problem);
            }
            return null;
        });
    }

    private LoadSummary settle() {
        var heads = rows.heads().join();
        all(clients.stream().map(client -> client.catchUp(heads)).toList()).join();
        return summary(heads, ended);
    }

    private LoadSummary summary(Map<String, Long> heads, long until) {
        var total = clients.stream().map(client -> client.audit(heads)).reduce(audit.get(), Audit::and);
        return new LoadSummary(
                Duration.ofNanos(until - begun),
                tally.count(What.RUNS_CREATED),
                tally.count(What.RUNS_FINISHED),
                tally.count(What.RUNS_CANCELED),
                tally.count(What.FRAMES),
                tally.count(What.RUN_EVENTS),
                tally.count(What.STREAMS),
                tally.count(What.WORKER_EVENTS),
                tally.count(What.TOOL_CALLS),
                tally.count(What.TOKENS),
                tally.count(What.SYNC_CONNECTIONS),
                tally.count(What.SYNC_RESUMES),
                tally.count(What.PUSHES),
                total.lost(),
                total.repeated(),
                tally.errors(),
                tally.frames.percentiles(),
                tally.pushes.percentiles(),
                tally.catchUps.percentiles(),
                tally.recoveries.percentiles());
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
    }

    private static ThreadFactory named(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Breaks off at once; whoever wants to know what was lost stops it before. */
    @Override
    public synchronized void close() {
        if (result == null) {
            clock.stop();
            timer.shutdownNow();
            clients.forEach(SyncClient::leave);
            threads.shutdownNow();
            rows.close();
        }
    }
}
