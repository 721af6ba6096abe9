package com.openagents.runbook.replica.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openagents.runbook.replica.database.DatabaseOptions;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that nobody wrote for this project talk to a pod: curl, and the Phoenix client for JavaScript. */
class ForeignClientsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TOPIC = "runtime.codex_worker_events";
    private static final Path PHOENIX = Path.of("target", "phoenix-client").toAbsolutePath();

    @TempDir
    private Path folder;

    private DatabaseReplica database;
    private PodProcess pod;

    @BeforeEach
    void start() throws Exception {
        database = DatabaseReplica.start(DatabaseOptions.defaults());
        pod = PodProcess.start(database, Map.of(), folder);
    }

    @AfterEach
    void stop() {
        pod.close();
        database.close();
    }

    @Test
    void the_phoenix_client_replays_follows_and_comes_back_after_a_restart() throws Exception {
        installPhoenix();
        pod.userRequest("POST", "/internal/v1/codex/workers", "{\"worker_id\":\"phoenix-worker\"}");
        var told = folder.resolve("phoenix.log");
        var client = phoenix(told);
        try {
            await("replay").atMost(SOON).until(() -> watermarks(told).equals(List.of(1L)));
            await("every answer of the first connection")
                    .atMost(SOON)
                    .until(() -> steps(told)
                            .containsAll(List.of(
                                    "joined", "refused", "subscribed", "sync-heartbeat", "heartbeat", "frame")));
            assertThat(first(told, "joined")).containsEntry("allowed_topics", List.of(TOPIC));
            assertThat(first(told, "refused")).containsEntry("code", "forbidden_topic");
            assertThat(first(told, "heartbeat")).containsEntry("status", "ok");

            event();
            await("live push").atMost(SOON).until(() -> watermarks(told).equals(List.of(1L, 2L)));

            pod.kill();
            await("the client notices").atMost(SOON).until(() -> steps(told).contains("closed"));
            pod.launch();
            pod.awaitReady();
            event();

            await("what came after the restart")
                    .atMost(SOON)
                    .until(() -> watermarks(told).contains(3L));
            assertThat(watermarks(told)).containsExactly(1L, 2L, 3L);
        } finally {
            client.destroyForcibly();
        }
    }

    @Test
    void curl_asks_for_health_and_resumes_a_stream() throws Exception {
        assumeFound("curl");
        var runs = new TestRuns(database);
        var run = runs.create();
        pod.frame(run, "f1", "user_message", Map.of("text", "hello"));
        pod.frame(run, "f2", "complete", Map.of());
        await().atMost(SOON).until(() -> "succeeded".equals(runs.status(run)));

        var health = curl("/internal/v1/health", "x-oa-runtime-signature: " + TestPod.token(Map.of()));
        var stream = curl(
                "/internal/v1/runs/" + run + "/stream?thread_id=thread-1&tail_ms=50",
                "x-oa-runtime-signature: " + TestPod.runToken(run),
                "x-oa-user-id: " + TestPod.USER,
                "last-event-id: 1");

        assertThat(health).isEqualTo("{\"status\":\"ok\",\"version\":\"0.1.0\",\"service\":\"runtime\"}200");
        assertThat(stream).startsWith("event: message\nid: 2\n").endsWith("id: 3\ndata: [DONE]\n\n200");
    }

    /** The body and the status; headers go in through standard input, where no list of processes shows them. */
    private String curl(String path, String... headers) throws Exception {
        var settings = new StringBuilder("url = \"" + pod.url(path) + "\"\n");
        Arrays.stream(headers).forEach(header -> settings.append("header = \"" + header + "\"\n"));
        var curl = new ProcessBuilder("curl", "-sS", "-N", "-w", "%{http_code}", "-K", "-").start();
        try (var input = curl.getOutputStream()) {
            input.write(settings.toString().getBytes(StandardCharsets.UTF_8));
        }
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void event() throws Exception {
        var path = "/internal/v1/codex/workers/phoenix-worker/events";
        assertThat(pod.userRequest("POST", path, "{\"event_type\":\"worker.note\"}")
                        .statusCode())
                .isEqualTo(202);
    }

    private Process phoenix(Path told) throws IOException {
        var url = pod.url("/socket").replace("http:", "ws:");
        var node = new ProcessBuilder("node", "client.js", url, TOPIC).directory(PHOENIX.toFile());
        node.environment().put("SYNC_TOKEN", SyncTokens.forTopics(TOPIC));
        return node.redirectErrorStream(true).redirectOutput(told.toFile()).start();
    }

    private void installPhoenix() throws Exception {
        assumeFound("node");
        assumeFound("npm");
        Files.createDirectories(PHOENIX);
        for (var file : List.of("package.json", "client.js")) {
            try (var content = getClass().getResourceAsStream("/replica/runtime/phoenix/" + file)) {
                Files.write(PHOENIX.resolve(file), content.readAllBytes());
            }
        }
        var log = folder.resolve("npm.log");
        var npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--prefer-offline")
                .directory(PHOENIX.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean installed = npm.waitFor(2, TimeUnit.MINUTES) && npm.exitValue() == 0;
        npm.destroyForcibly();
        assumeTrue(installed, () -> "npm cannot install the Phoenix client: " + text(log));
    }

    private static void assumeFound(String program) {
        boolean found = Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        assumeTrue(found, program + " is not on this machine");
    }

    private static List<Map<String, Object>> told(Path log) {
        return text(log)
                .lines()
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .map(Json::readObject)
                .toList();
    }

    private static List<Object> steps(Path log) {
        return told(log).stream().map(line -> line.get("step")).toList();
    }

    private static Map<String, Object> first(Path log, String step) {
        return told(log).stream()
                .filter(line -> line.get("step").equals(step))
                .findFirst()
                .orElseThrow();
    }

    private static List<Object> watermarks(Path log) {
        return told(log).stream()
                .filter(line -> line.get("step").equals("update"))
                .map(line -> line.get("watermark"))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
