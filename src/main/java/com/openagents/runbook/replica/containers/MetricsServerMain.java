package com.openagents.runbook.replica.containers;

import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.http.SelfSigned;
import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The resource metrics API for a cluster that brings none, so that its autoscaler can work. PORT says where it listens, the
 * other variables how it reaches the API server.
 */
public final class MetricsServerMain {
    static final String API_SERVER = "API_SERVER";
    static final String CERTIFICATE = "CLIENT_CERTIFICATE";
    static final String KEY = "CLIENT_KEY";

    private static final Pattern PODS = Pattern.compile(ResourceUsage.API + "/namespaces/([^/]+)/pods");
    private static final int EVERY_SECONDS = 5;

    private MetricsServerMain() {}

    public static void main(String[] arguments) throws Exception {
        var config = new ConfigBuilder()
                .withMasterUrl(System.getenv(API_SERVER))
                .withClientCertData(System.getenv(CERTIFICATE))
                .withClientKeyData(System.getenv(KEY))
                .withTrustCerts(true)
                .withDisableHostnameVerification(true)
                .build();
        var usage = new ResourceUsage(
                new KubernetesClientBuilder().withConfig(config).build());
        Executors.newSingleThreadScheduledExecutor()
                .scheduleWithFixedDelay(() -> look(usage), 0, EVERY_SECONDS, TimeUnit.SECONDS);
        JsonServer.startSecurely(
                "metrics",
                new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))),
                SelfSigned.context(),
                Map.of("/", exchange -> answer(exchange, usage)));
    }

    private static void look(ResourceUsage usage) {
        try {
            usage.look();
        } catch (RuntimeException notNow) {
            // The next look comes soon; until then the autoscaler says what it misses.
        }
    }

    private static void answer(HttpExchange exchange, ResourceUsage usage) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var pods = PODS.matcher(path);
        if (pods.matches()) {
            JsonServer.answer(exchange, 200, usage.pods(pods.group(1), selector(exchange)));
        } else if (path.equals(ResourceUsage.API)) {
            JsonServer.answer(exchange, 200, ResourceUsage.offered());
        } else {
            JsonServer.answer(exchange, 404, Map.of());
        }
    }

    private static String selector(HttpExchange exchange) {
        var query = exchange.getRequestURI().getRawQuery();
        return Arrays.stream((query == null ? "" : query).split("&"))
                .filter(part -> part.startsWith("labelSelector="))
                .map(part -> URLDecoder.decode(part.substring(part.indexOf('=') + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
