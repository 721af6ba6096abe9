package com.openagents.runbook.replica.containers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

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
    private static final String PASSWORD = "of a key that protects nothing";

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
        var server = HttpsServer.create(new InetSocketAddress(Integer.parseInt(System.getenv("PORT"))), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls()));
        server.createContext("/", exchange -> answer(exchange, usage));
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
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
        try {
            if (pods.matches()) {
                send(
                        exchange,
                        200,
                        usage.pods(pods.group(1), selector(exchange)).toString());
            } else if (path.equals(ResourceUsage.API)) {
                send(exchange, 200, ResourceUsage.offered().toString());
            } else {
                send(exchange, 404, "{}");
            }
        } catch (RuntimeException notNow) {
            send(exchange, 503, "{}");
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

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A certificate of its own; whoever asks is told not to verify it. */
    private static SSLContext tls() throws IOException, InterruptedException, GeneralSecurityException {
        var file = Files.createTempDirectory("tls").resolve("key.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "metrics",
                        "-dname",
                        "CN=metrics",
                        "-validity",
                        "365",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
        var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
