package com.openagents.runbook.triage;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.http.Answer;
import com.openagents.runbook.system.runtime.RuntimeSystem;
import com.openagents.runbook.triage.Seen.Got;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks everything at the same time. What does not answer within the limit is named, and keeps nothing else waiting. */
final class Looking implements AutoCloseable {
    private static final String LOOK = "to look at";

    private final Systems systems;
    private final Duration since;
    private final Duration limit;
    private final long deadline;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "triage");
        thread.setDaemon(true);
        return thread;
    });

    Looking(Systems systems, Duration since, Duration limit) {
        this.systems = systems;
        this.since = since;
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    Seen look() {
        var active = begin("the active alerts", () -> systems.alertmanager().alerts(LOOK));
        var pods = begin("the pods", () -> systems.kubernetes().runtimePods(LOOK));
        var rollout = begin("the newest rollout", () -> systems.kubernetes().rollout(LOOK));
        var routing = begin("the Service", () -> systems.kubernetes().routing(LOOK));
        var autoscaler = begin("the autoscaler", () -> systems.kubernetes().autoscaler(LOOK));
        var migration = begin("the migration job", () -> systems.kubernetes().newestMigrationRun(LOOK));
        var smoke = begin("the smoke job", () -> systems.kubernetes().newestSmokeRun(LOOK));
        var warnings = begin("the warning events", () -> systems.kubernetes().warnings(since, LOOK));
        var logs = begin("the logs", () -> systems.kubernetes().logs(since, LOOK));
        var metrics = begin("the metrics of the pods", this::metrics);
        var server = begin("the database server", () -> systems.database().acceptsConnections());
        var activity =
                begin("the tables of the runtime", () -> systems.database().activity(since));
        return new Seen(
                active.end(),
                pods.end(),
                rollout.end(),
                routing.end(),
                autoscaler.end(),
                migration.end(),
                smoke.end(),
                warnings.end(),
                logs.end(),
                metrics.end(),
                server.end(),
                activity.end());
    }

    /** From pod to metrics; the Service answers for one of them where pods cannot be addressed one by one. */
    private Map<String, Answer> metrics() {
        var runtime = systems.runtime().heldAgainst(LOOK);
        var pods = runtime.pods();
        if (pods.isEmpty()) {
            return Map.of("one of the pods", runtime.metrics());
        }
        var asked = new TreeMap<String, Future<Answer>>();
        pods.forEach(pod -> asked.put(pod, threads.submit(() -> at(runtime, pod))));
        var answers = new TreeMap<String, Answer>();
        var silent = new TreeMap<String, String>();
        asked.forEach((pod, future) -> {
            var got = end("", future);
            got.value().ifPresentOrElse(answer -> answers.put(pod, answer), () -> silent.put(pod, got.why()));
        });
        if (answers.isEmpty()) {
            throw new CouldNotCheck(silent.firstEntry().getValue());
        }
        return answers;
    }

    private static Answer at(RuntimeSystem runtime, String pod) {
        return runtime.at(pod).metrics();
    }

    private <T> Begun<T> begin(String what, Supplier<T> question) {
        return new Begun<>(what, threads.submit(question::get));
    }

    private final class Begun<T> {
        private final String what;
        private final Future<T> future;

        Begun(String what, Future<T> future) {
            this.what = what;
            this.future = future;
        }

        Got<T> end() {
            return Looking.this.end(what, future);
        }
    }

    private <T> Got<T> end(String what, Future<T> future) {
        try {
            var value = future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return new Got<>(what, Optional.of(value), "");
        } catch (TimeoutException tooLong) {
            return new Got<>(what, Optional.empty(), "no answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException failure) {
            return new Got<>(what, Optional.empty(), reason(failure.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Got<>(what, Optional.empty(), "interrupted");
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof CouldNotCheck) {
            return failure.getMessage().lines().findFirst().orElse("").replaceFirst("\\. Ask it by hand:$", "");
        }
        return "it could not be asked (" + failure.getClass().getSimpleName() + ")";
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
