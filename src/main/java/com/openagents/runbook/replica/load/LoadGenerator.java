package com.openagents.runbook.replica.load;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Topics;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Makes ordinary traffic until it is closed. */
public final class LoadGenerator implements AutoCloseable {
    private static final String WORKER = "load-worker";
    private static final long HEARTBEAT_MILLIS = 1_000;
    private static final int MOST_AT_ONCE = 256;

    private final LoadTarget target;
    private final LoadProfile profile;
    private final Tally tally = new Tally();
    private final RuntimeClient client;
    private final Random random;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(LoadGenerator::thread);
    private final ExecutorService threads = Executors.newCachedThreadPool(LoadGenerator::thread);
    private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
    private final List<SyncPlay> listeners = new ArrayList<>();

    private LoadGenerator(LoadTarget target, LoadProfile profile) {
        this.target = target;
        this.profile = profile;
        this.client = new RuntimeClient(target, tally);
        this.random = new Random(profile.seed());
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "load");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Opens the sync clients and begins.
     *
     * @throws IOException if a pod or the mint does not let a client in
     */
    public static LoadGenerator start(LoadTarget target, LoadProfile profile)
            throws IOException, InterruptedException, SQLException {
        var generator = new LoadGenerator(target, profile);
        generator.begin();
        return generator;
    }

    private void begin() throws IOException, InterruptedException, SQLException {
        client.ask("POST", "/codex/workers", Json.object("worker_id", WORKER), Map.of());
        long head = head();
        for (int i = 0; i < profile.syncClients(); i++) {
            var listener = new SyncPlay(client, tally, Topics.WORKER_EVENTS, head, (watermark, at) -> {});
            listener.connect();
            listeners.add(listener);
        }
        every(profile.runs(), () -> new RunPlay(target, client, profile, tally).play(isCanceled()));
        every(profile.toolCalls(), this::callTool);
        every(profile.workerEvents(), this::tellOfWorker);
        every(profile.tokens(), () -> client.syncToken(List.of(Topics.WORKER_SUMMARIES)));
        every(profile.reconnects(), this::reconnectOne);
        timer.scheduleWithFixedDelay(
                () -> threads.execute(this::heartbeats), HEARTBEAT_MILLIS, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private long head() throws SQLException {
        try (var connection = target.database().getConnection();
                var statement = connection.prepareStatement(
                        "SELECT next_watermark FROM runtime.sync_topic_sequences WHERE topic = ?")) {
            statement.setString(1, Topics.WORKER_EVENTS);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    @FunctionalInterface
    private interface Act {
        void act() throws IOException, InterruptedException, SQLException;
    }

    /** What cannot keep up is left out rather than piled up. */
    private void every(double perSecond, Act act) {
        if (perSecond > 0) {
            long micros = Math.max(1, Math.round(1_000_000 / perSecond));
            timer.scheduleAtFixedRate(() -> begin(act), micros, micros, TimeUnit.MICROSECONDS);
        }
    }

    private void begin(Act act) {
        if (atOnce.tryAcquire()) {
            threads.execute(() -> {
                try {
                    act.act();
                } catch (IOException | SQLException | RuntimeException e) {
                    tally.error(String.valueOf(e.getMessage()));
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                } finally {
                    atOnce.release();
                }
            });
        }
    }

    private synchronized boolean isCanceled() {
        return random.nextInt(100) < profile.canceledPercent();
    }

    private void callTool() throws IOException, InterruptedException {
        int issue;
        synchronized (this) {
            issue = 1 + random.nextInt(1000);
        }
        var call = "load-" + issue + "-" + System.nanoTime();
        var body = Json.object(
                "tool_pack",
                "coding.v1",
                "manifest_ref",
                Json.object("integration_id", "github.primary"),
                "request",
                Json.object(
                        "integration_id",
                        "github.primary",
                        "operation",
                        "get_issue",
                        "repository",
                        "openagents/replica",
                        "issue_number",
                        issue,
                        "tool_call_id",
                        call,
                        "run_id",
                        call,
                        "user_id",
                        target.user()),
                "policy",
                Json.object("authorization_id", "load", "authorization_mode", "interactive"));
        var answer = client.ask("POST", "/tools/execute", body, Map.of());
        tally.toolCalls.incrementAndGet();
        if (answer.statusCode() != 200 || !answer.body().contains("\"state\":\"succeeded\"")) {
            tally.error("a tool call was answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private void tellOfWorker() throws IOException, InterruptedException {
        var event = Json.object("event_type", "worker.note", "payload", Json.object("note", "ordinary"));
        var answer = client.ask("POST", "/codex/workers/" + WORKER + "/events", Json.object("event", event), Map.of());
        tally.workerEvents.incrementAndGet();
        if (answer.statusCode() != 202) {
            tally.error("a worker event was answered " + answer.statusCode());
        }
    }

    private void reconnectOne() throws IOException, InterruptedException {
        if (listeners.isEmpty()) {
            return;
        }
        SyncPlay chosen;
        synchronized (this) {
            chosen = listeners.get(random.nextInt(listeners.size()));
        }
        synchronized (chosen) {
            chosen.dropAndResume();
        }
    }

    private void heartbeats() {
        for (var listener : listeners) {
            synchronized (listener) {
                try {
                    if (listener.isOpen()) {
                        listener.heartbeat();
                    } else {
                        listener.dropAndResume();
                    }
                } catch (IOException noPodAnswers) {
                    // The next beat tries again.
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** What it came to so far. */
    public LoadSummary summary() {
        return tally.summary();
    }

    /** Begins nothing more and lets what has begun come to its end, for a short time. */
    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        listeners.forEach(SyncPlay::close);
    }
}
