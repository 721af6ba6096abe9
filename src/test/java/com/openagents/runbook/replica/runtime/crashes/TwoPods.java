package com.openagents.runbook.replica.runtime.crashes;

import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.Pod;
import com.openagents.runbook.replica.runtime.PodProcess;
import com.openagents.runbook.replica.runtime.TestRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two pods as processes on one database, either of which may be dead at any moment. */
final class TwoPods implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<String, String> QUICK = Map.of(
            "OA_REPLICA_LEASE_TTL_MS", "500",
            "OA_REPLICA_JANITOR_SCAN_INTERVAL_MS", "100",
            "OA_REPLICA_JANITOR_RECOVERY_COOLDOWN_MS", "200");

    private final DatabaseReplica server;
    private final List<PodProcess> pods;

    private TwoPods(DatabaseReplica server, List<PodProcess> pods) {
        this.server = server;
        this.pods = pods;
    }

    static TwoPods start() throws IOException {
        var server = DatabaseReplica.start(DatabaseOptions.defaults());
        var folder = Files.createTempDirectory(Path.of("target"), "two-pods-");
        return new TwoPods(
                server, List.of(PodProcess.start(server, QUICK, folder), PodProcess.start(server, QUICK, folder)));
    }

    TestRuns runs() {
        return new TestRuns(server);
    }

    void kill(int pod) throws InterruptedException {
        pods.get(pod).kill();
    }

    /** Starts the pod again, without waiting for it. */
    void restart(int pod) throws IOException {
        pods.get(pod).launch();
    }

    /** Both pods serve again. */
    void heal() throws IOException {
        for (var pod : pods) {
            pod.launch();
        }
        pods.forEach(PodProcess::awaitReady);
    }

    /** The pod if it serves, else the other one; if none serves, the first that is back after a restart of both. */
    Pod serving(int preferred) throws IOException {
        var order = List.of(pods.get(preferred), pods.get(1 - preferred));
        for (var pod : order) {
            if (pod.isReady()) {
                return pod;
            }
        }
        heal();
        return order.get(0);
    }

    /** Asks until one of the pods answers, as a client behind a load balancer does. */
    <T> T ask(int preferred, Question<T> question) {
        var answer = new Answer<T>();
        await("one of the pods answers").atMost(SOON).until(() -> {
            try {
                answer.value = question.ask(serving(preferred));
                return true;
            } catch (IOException connectionLost) {
                return false;
            }
        });
        return answer.value;
    }

    @Override
    public void close() {
        pods.forEach(PodProcess::close);
        server.close();
    }

    /** What is asked of a pod. */
    interface Question<T> {
        T ask(Pod pod) throws Exception;
    }

    private static final class Answer<T> {
        private T value;
    }
}
