package com.openagents.runbook.replica.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs pass through the server from whoever keeps them to whoever reads them. */
class ApiServerLogsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Map<String, String> lines = new ConcurrentHashMap<>();
    private final AtomicReference<PodLogRequest> asked = new AtomicReference<>();
    private final AtomicReference<PodLogs.Sink> open = new AtomicReference<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private ApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = ApiServer.start(ApiServerOptions.defaults().withLogs(this::read));
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig("default", "replica")))
                .build();
        client.pods()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("runtime-0")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node1")
                        .addNewContainer()
                        .withName("runtime")
                        .withImage("runtime:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Runnable read(PodLogRequest request, PodLogs.Sink sink) throws PodLogs.NoSuchLog {
        asked.set(request);
        if (request.previous()) {
            throw new PodLogs.NoSuchLog("previous terminated container \"runtime\" in pod \"runtime-0\" not found");
        }
        sink.write(lines.getOrDefault(request.pod(), "").getBytes(StandardCharsets.UTF_8));
        if (request.follow()) {
            open.set(sink);
        } else {
            sink.end();
        }
        return () -> stopped.set(true);
    }

    @Test
    void a_log_is_read_with_what_was_asked_of_it() {
        lines.put("runtime-0", "one\ntwo\n");

        assertThat(client.pods()
                        .withName("runtime-0")
                        .sinceSeconds(900)
                        .tailingLines(5)
                        .getLog())
                .isEqualTo("one\ntwo\n");
        assertThat(asked.get().container()).isEqualTo("runtime");
        assertThat(asked.get().tailLines()).hasValue(5);
        assertThat(asked.get().since()).isPresent();
    }

    @Test
    void a_followed_log_brings_new_lines_until_the_reader_leaves() {
        lines.put("runtime-0", "one\n");
        var seen = new ByteArrayOutputStream();
        try (var watch = client.pods().withName("runtime-0").watchLog(seen)) {
            await().atMost(SOON).until(() -> open.get() != null);
            open.get().write("two\n".getBytes(StandardCharsets.UTF_8));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(seen.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n"));
            assertThat(watch).isNotNull();
            assertThat(stopped).isFalse();
        }
        await().atMost(SOON).untilTrue(stopped);
    }

    @Test
    void a_log_that_is_not_there_is_a_bad_request_with_the_reason() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> client.pods().withName("runtime-0").terminated().getLog()))
                .hasStackTraceContaining("previous terminated container");
    }
}
