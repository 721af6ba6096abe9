package com.openagents.runbook.replica.http;

import com.sun.net.httpserver.HttpHandler;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;

/** As much of an API server as a test asks, and a client of it that asks once. */
public final class StubApiServer implements AutoCloseable {
    private final JsonServer server;
    private final KubernetesClient client;

    public StubApiServer(Map<String, HttpHandler> handlers) {
        server = JsonServer.start("API server", handlers);
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl(server.uri().toString())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    public KubernetesClient client() {
        return client;
    }

    /** It answers nobody any more; its client goes on asking. */
    public void stop() {
        server.close();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
