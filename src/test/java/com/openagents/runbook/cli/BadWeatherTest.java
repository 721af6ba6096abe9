package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.ClusterFiles;
import com.openagents.runbook.replica.http.SelfSigned;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.Verdict;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An API server in every kind of bad weather: each scenario is incomplete with a reason, in bounded time, and nothing passes. */
class BadWeatherTest {
    private static final String STATUS =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"%s\",\"code\":%d}";

    enum Weather {
        GONE("does not answer"),
        UNAUTHORIZED("does not know us (401): renew the credentials"),
        FORBIDDEN("does not allow 'list pods' in namespace staging: grant that verb"),
        THROTTLED("answered 'list pods' with 429: it asks to be left alone for 3600 s"),
        BROKEN("answered 'list pods' with 500: etcdserver: leader changed"),
        HTML("answers with something that is not Kubernetes"),
        HALF("answers with something that is not Kubernetes"),
        SILENT("does not answer (it took too long)"),
        SILENT_TLS("does not answer (it took too long)"),
        UNTRUSTED("shows a certificate that is not trusted");

        private final String words;

        Weather(String words) {
            this.words = words;
        }
    }

    private final CountDownLatch end = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void what_cannot_be_checked_says_why(Weather weather, @TempDir Path folder) throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = weather == Weather.UNTRUSTED ? withCertificate(address) : HttpServer.create(address, 0);
        var threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(weather, exchange));
        if (weather == Weather.GONE) {
            server.stop(0);
        } else {
            server.start();
        }
        try {
            assertEachSaysWhy(weather, environment(weather, server.getAddress().getPort(), folder), folder);
        } finally {
            end.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static HttpServer withCertificate(InetSocketAddress address) throws Exception {
        var server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.context()));
        return server;
    }

    private static void assertEachSaysWhy(Weather weather, Path environment, Path folder) throws IOException {
        var terminal = new StringWriter();
        var out = new PrintWriter(terminal, true);

        int exit = Main.commandLine()
                .setOut(out)
                .setErr(out)
                .execute(
                        "run",
                        "--section",
                        "1",
                        "--environment",
                        environment.toString(),
                        "--output",
                        folder.resolve("runs").toString());

        assertThat(exit).as(terminal::toString).isEqualTo(ExitCode.NOT_CHECKED);
        assertThat(terminal.toString()).contains(weather.words).doesNotContain("\tat ", "Exception");
        assertThat(RunRecord.read(folder.resolve("runs/latest")).scenarios())
                .isNotEmpty()
                .allSatisfy(scenario -> {
                    assertThat(scenario.verdict()).isEqualTo(Verdict.INCOMPLETE);
                    assertThat(scenario.reason()).isNotBlank().doesNotContain("Exception");
                });
    }

    private void answer(Weather weather, HttpExchange exchange) throws IOException {
        switch (weather) {
            case UNAUTHORIZED -> reply(exchange, 401, "application/json", STATUS.formatted("Unauthorized", 401));
            case FORBIDDEN -> reply(exchange, 403, "application/json", STATUS.formatted("forbidden: no", 403));
            case THROTTLED -> {
                exchange.getResponseHeaders().add("Retry-After", "3600");
                reply(exchange, 429, "application/json", STATUS.formatted("too many requests", 429));
            }
            case BROKEN ->
                reply(exchange, 500, "application/json", STATUS.formatted("etcdserver: leader changed", 500));
            case HTML -> reply(exchange, 200, "text/html", "<html><body>Sign in to the proxy</body></html>");
            case HALF -> reply(exchange, 200, "application/json", "{\"kind\":\"PodList\",\"items\":[{\"meta");
            default -> await();
        }
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Path environment(Weather weather, int port, Path folder) throws IOException {
        var scheme = weather == Weather.UNTRUSTED || weather == Weather.SILENT_TLS ? "https" : "http";
        return ClusterFiles.environment(folder, "weather", scheme + "://127.0.0.1:" + port, "token-of-nobody");
    }
}
