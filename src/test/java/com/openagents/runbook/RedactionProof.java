package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.cli.Main;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets stand in every place that the runbook reads; none comes out, in any form, and where each would be is the mask:
 * the place was read.
 */
class RedactionProof {
    /** Small letters and digits, so that it may be part of the name of an image or of a database. */
    private static final String CANARY = "canary7f3a9c51e0b2d846";

    /** No reference leads to it: only its shape tells. */
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.Y2FuYXJ5LXNpZ25hdHVyZS03ZjNh";

    private static final String KEY_LINE = "Zmlyc3QgbGluZSBvZiB0aGUga2V5IDdm";
    private static final String KEY =
            "-----BEGIN SYNC KEY-----\n" + KEY_LINE + "\nQ2FuYXJ5IGtleSBsYXN0IGxpbmU=\n-----END SYNC KEY-----\n";

    private static final String IN_CLUSTER = "sealed-canary-4471-cd0e";

    @TempDir
    private static Path folder;

    private static KeptReplica kept;
    private static HttpServer prometheus;
    private static ScheduledExecutorService requests;
    private static Path environment;

    @BeforeAll
    static void plant() throws Exception {
        kept = new KeptReplica(folder);
        // A server that says what it was sent, as a careless proxy does.
        prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        prometheus.createContext("/", exchange -> {
            var body = ("{\"status\":\"error\",\"error\":\"refused "
                            + exchange.getRequestHeaders().getFirst("authorization") + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        prometheus.start();
        Files.writeString(folder.resolve("canary"), CANARY);
        Files.writeString(folder.resolve("key"), KEY);
        environment = kept.environment("canary", kept.kubeconfig(), """
                  prometheus: {url: 'http://127.0.0.1:%d', token: 'file:%s'}
                  grafana: {url: 'http://127.0.0.1:%d', token: 'file:%s'}
                """.formatted(
                        prometheus.getAddress().getPort(),
                        folder.resolve("canary"),
                        prometheus.getAddress().getPort(),
                        folder.resolve("key")));
        inTheCluster();
        inTheDatabase();
        requests = Executors.newSingleThreadScheduledExecutor();
        inTheLogs();
    }

    @AfterAll
    static void stop() {
        requests.shutdownNow();
        prometheus.stop(0);
        kept.close();
    }

    /** In a Secret, and in a pod's image, variables and annotations; what Kubernetes says of the image is an event. */
    private static void inTheCluster() {
        var namespace = kept.namespace();
        kept.client()
                .secrets()
                .inNamespace(namespace)
                .withName("runtime-secrets")
                .edit(secret -> new SecretBuilder(secret)
                        .addToData(
                                "SEALED",
                                Base64.getEncoder().encodeToString(IN_CLUSTER.getBytes(StandardCharsets.UTF_8)))
                        .build());
        kept.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("runtime-canary")
                        .withNamespace(namespace)
                        .addToLabels("app", "runtime")
                        .addToAnnotations("note", CANARY)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("runtime")
                        .withImage("registry.test/" + CANARY + ":1")
                        .addNewEnv()
                        .withName("TOKEN")
                        .withValue(CANARY)
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        KeptReplica.await(
                "an event that names the image",
                () -> kept.client().v1().events().inNamespace(namespace).list().getItems().stream()
                        .anyMatch(event -> event.getInvolvedObject().getName().equals("runtime-canary")
                                && event.getMessage().contains(CANARY)));
    }

    private static void inTheDatabase() throws Exception {
        try (var connection =
                        DriverManager.getConnection(kept.access("JDBC_URL").replaceFirst("/[^/?]+\\?", "/postgres?"));
                var statement = connection.createStatement()) {
            statement.execute("create database \"" + CANARY + "\"");
        }
    }

    /** Every pod writes down the paths that it is asked for; again and again, so that they stand at the end of its log. */
    private static void inTheLogs() {
        var bytes = ("user:" + CANARY).getBytes(StandardCharsets.UTF_8);
        var paths = List.of(
                CANARY,
                JWT,
                KEY_LINE,
                Base64.getUrlEncoder().encodeToString(bytes),
                HexFormat.of().formatHex(bytes));
        var client = HttpClient.newHttpClient();
        var next = new AtomicInteger();
        requests.scheduleAtFixedRate(
                () -> {
                    var path = paths.get(next.getAndIncrement() % paths.size());
                    var uri = URI.create(kept.access("BASE_URL") + "/internal/v1/runs/" + path);
                    client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
    }

    @Test
    void nothing_comes_out_of_a_run(@TempDir Path output) throws IOException {
        var terminal = runbook(
                "run",
                "--section",
                "1",
                "--section",
                "2",
                "--section",
                "3",
                "--section",
                "5",
                "--section",
                "9",
                "--tags",
                "not @local",
                "--output",
                output.toString());

        var record = Files.readString(output.resolve("latest/run.ndjson"));
        assertThat(record)
                .contains("registry.test/[REDACTED]:1")
                .contains("refused Bearer [authorization]")
                .contains("GET /internal/v1/runs/[REDACTED]\\\"");
        assertThat(terminal).contains("runtime-canary", "[REDACTED]");
        assertNothingIn(terminal, output);
    }

    @Test
    void nothing_comes_out_of_triage(@TempDir Path output) throws IOException {
        var terminal = runbook("triage", "--output", output.toString());

        var all = all(output);
        assertThat(all).contains("registry.test/[REDACTED]:1");
        assertNothingIn(terminal, output);
    }

    @Test
    void nothing_comes_out_of_what_a_database_refuses(@TempDir Path output) throws IOException {
        var text = Files.readString(environment).replace("user: postgres", "user: " + CANARY);
        var refused = Files.writeString(folder.resolve("refused.yaml"), text);

        var terminal = runbook(refused, "doctor");

        assertThat(terminal).contains("refused the login of user [REDACTED]");
        assertNothingIn(terminal, output);
    }

    private static String runbook(String... arguments) {
        return runbook(environment, arguments);
    }

    private static String runbook(Path environment, String... arguments) {
        var terminal = new StringWriter();
        var out = new PrintWriter(terminal, true);
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(1, List.of("--environment", environment.toString()));
        Main.commandLine().setOut(out).setErr(out).execute(words.toArray(String[]::new));
        return terminal.toString();
    }

    private static void assertNothingIn(String terminal, Path output) throws IOException {
        var everything = terminal + all(output);
        Stream.of(CANARY, JWT, KEY_LINE, IN_CLUSTER)
                .flatMap(RedactionProof::forms)
                .forEach(form -> assertThat(everything.contains(form)).as(form).isFalse());
    }

    private static Stream<String> forms(String secret) {
        var forms = new ArrayList<>(List.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8)));
        for (int before = 0; before < 3; before++) {
            var bytes = (" ".repeat(before) + secret).getBytes(StandardCharsets.UTF_8);
            var encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            var inner = encoded.substring(before + 1, encoded.length() - 1);
            forms.add(inner);
            forms.add(inner.replace('+', '-').replace('/', '_'));
        }
        var hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
        forms.addAll(List.of(hex, hex.toUpperCase(Locale.ROOT)));
        return forms.stream();
    }

    private static String all(Path output) throws IOException {
        try (var files = Files.walk(output)) {
            return files.filter(Files::isRegularFile).map(RedactionProof::text).collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
