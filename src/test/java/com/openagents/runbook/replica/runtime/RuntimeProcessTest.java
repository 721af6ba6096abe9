package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedDatabase.class)
class RuntimeProcessTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SMOKE =
            "OpenAgentsRuntime.Deploy.Smoke.run!(base_url: System.get_env(\"SMOKE_BASE_URL\"), tail_ms: 150)";

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void a_missing_variable_ends_the_boot(DatabaseReplica database) throws Exception {
        var process = start(database, Map.of("SECRET_KEY_BASE", ""), "start");

        assertThat(exit(process)).isEqualTo(1);
        assertThat(output(process)).contains("environment variable SECRET_KEY_BASE is missing.");
    }

    @Test
    void an_unreachable_database_ends_the_boot(DatabaseReplica database) throws Exception {
        var process = start(database, Map.of("DATABASE_URL", "ecto://a:b@127.0.0.1:1/x"), "start");

        assertThat(exit(process)).isEqualTo(1);
        assertThat(output(process)).contains("failed to start child: OpenAgentsRuntime.Runs.EventListener");
    }

    @Test
    void a_crash_on_start_looks_like_one(DatabaseReplica database) throws Exception {
        var process = start(database, Map.of("OA_REPLICA_FAULTS", "crash-on-start"), "start");

        assertThat(exit(process)).isEqualTo(1);
        assertThat(output(process)).contains("Could not start application openagents_runtime");
    }

    @Test
    void the_smoke_check_passes_against_a_good_pod_and_leaves_nothing(DatabaseReplica database) throws Exception {
        try (var pod = TestPod.start(database)) {
            var smoke = start(database, Map.of("SMOKE_BASE_URL", pod.url("")), "eval", SMOKE);

            assertThat(exit(smoke)).as(output(smoke)).isZero();
        }
        assertThat(new TestRuns(database).list("SELECT run_id FROM runtime.runs WHERE run_id LIKE 'smoke_run_%'"))
                .isEmpty();
    }

    @Test
    void a_stop_lets_open_streams_go_on_and_refuses_new_connections(DatabaseReplica database) throws Exception {
        var pod = serve(database, Map.of("OA_REPLICA_SHUTDOWN_DRAIN_MS", "10000"));
        var runs = new TestRuns(database);
        var run = runs.create();
        var request = HttpRequest.newBuilder(URI.create(
                        pod.url("/internal/v1/runs/" + run + "/stream?thread_id=thread-1&cursor=0&tail_ms=2000")))
                .header("x-oa-runtime-signature", TestPod.runToken(run))
                .header("x-oa-user-id", "7")
                .build();
        CompletableFuture<HttpResponse<String>> stream =
                TestPod.http().sendAsync(request, HttpResponse.BodyHandlers.ofString());
        await().atMost(SOON).until(() -> pod.log().contains("/stream"));

        pod.process().destroy();

        await().atMost(SOON).until(() -> refused(pod));
        assertThat(stream.get().statusCode()).isEqualTo(200);
        assertThat(exit(pod.process())).isZero();
    }

    @Test
    void a_killed_pod_loses_nothing(DatabaseReplica database) throws Exception {
        var runs = new TestRuns(database);
        var run = runs.create();
        var first = serve(database, Map.of());
        first.frame(run, "f1", "user_message", Map.of());
        await().atMost(SOON).until(() -> runs.eventTypes(run).contains("run.frame_consumed"));
        // With its lease a killed pod would hold the run for 30 s; what then happens the crash properties show.
        await().atMost(SOON)
                .until(() -> runs.list("SELECT run_id FROM runtime.run_leases WHERE run_id = ?", run)
                        .isEmpty());
        first.process().destroyForcibly();
        assertThat(exit(first.process())).isEqualTo(137);

        try (var second = TestPod.start(database)) {
            second.frame(run, "f2", "complete", Map.of());

            await().atMost(SOON).until(() -> runs.status(run).equals("succeeded"));
        }
        assertThat(runs.eventTypes(run)).containsExactly("run.started", "run.frame_consumed", "run.finished");
    }

    @Test
    void a_lost_database_ends_the_process() throws Exception {
        try (var own = DatabaseReplica.start(DatabaseOptions.defaults())) {
            var pod = serve(own, Map.of());

            own.stop();

            assertThat(exit(pod.process())).isEqualTo(1);
            assertThat(pod.log())
                    .contains("(Postgrex.Notifications) failed to connect to Postgres", "exited: shutdown");
        }
    }

    @Test
    void a_process_leaves_with_its_parent(DatabaseReplica database) throws Exception {
        var pod = serve(database, Map.of("OA_REPLICA_EXIT_WITH_PARENT", "true"));

        pod.process().getOutputStream().close();

        assertThat(exit(pod.process())).isEqualTo(1);
    }

    private static boolean refused(PodProcess pod) {
        try (var socket = new java.net.Socket("127.0.0.1", pod.port())) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    private PodProcess serve(DatabaseReplica database, Map<String, String> extra) throws Exception {
        var pod = PodProcess.start(database, extra, folder);
        started.add(pod.process());
        return pod;
    }

    private Process start(DatabaseReplica database, Map<String, String> extra, String... arguments) throws IOException {
        var process = PodProcess.run(TestPod.variables(database, extra), log(started.size()), arguments);
        started.add(process);
        return process;
    }

    private String output(Process process) throws IOException {
        return Files.readString(log(started.indexOf(process)));
    }

    private Path log(int number) {
        return folder.resolve("process-" + number + ".log");
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
