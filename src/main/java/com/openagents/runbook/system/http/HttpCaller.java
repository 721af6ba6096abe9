package com.openagents.runbook.system.http;

import static io.restassured.config.DecoderConfig.decoderConfig;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static io.restassured.config.HttpClientConfig.httpClientConfig;
import static io.restassured.config.RedirectConfig.redirectConfig;

import com.openagents.runbook.evidence.CouldNotCheck;
import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** Asks over HTTP. Redirects are not followed, so a credential goes to no other host than the one asked. */
public final class HttpCaller {
    private final String system;
    private final Duration patience;

    /**
     * @param system the name of what is asked, for example {@code runtime}
     * @param patience how long the whole answer may take
     */
    public HttpCaller(String system, Duration patience) {
        this.system = system;
        this.patience = patience;
    }

    /**
     * Asks on a connection of its own.
     *
     * @throws CouldNotCheck if no answer comes
     */
    public Answer ask(HttpCall call) {
        return ask(call, config(false), true);
    }

    /**
     * Asks the same several times, one after the other, on one connection if the server keeps it open.
     *
     * @throws CouldNotCheck if an answer does not come
     */
    public List<Answer> repeat(HttpCall call, int times) {
        var kept = config(true);
        return IntStream.rangeClosed(1, times)
                .mapToObj(time -> ask(call, kept, time == times))
                .toList();
    }

    private Answer ask(HttpCall call, RestAssuredConfig config, boolean last) {
        var answer = new CompletableFuture<Answer>();
        var asking = new Thread(() -> {
            try {
                answer.complete(send(call, config, last));
            } catch (Exception failed) {
                answer.completeExceptionally(failed);
            }
        });
        asking.setName("runbook-" + system);
        // A server that answers byte by byte would hold the thread, and must not hold the run.
        asking.setDaemon(true);
        asking.start();
        try {
            return Intermediary.reached(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            throw noAnswer(call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNotCheck("interrupted while asking " + system + " " + call.line());
        }
    }

    /** @param last whether the connection is to be closed; by the server, for the library would close it with the body unread */
    private Answer send(HttpCall call, RestAssuredConfig config, boolean last) {
        var request =
                RestAssured.given().config(config).urlEncodingEnabled(false).headers(call.headers());
        call.credential().ifPresent(secret -> request.header(secret.header(), secret.value()));
        if (last) {
            request.header("Connection", "close");
        }
        call.body().ifPresent(body -> request.body(body.getBytes(StandardCharsets.UTF_8)));
        long start = System.nanoTime();
        var response = request.request(call.method(), call.uri());
        var body = new String(response.asByteArray(), StandardCharsets.UTF_8);
        var took = Duration.ofNanos(System.nanoTime() - start);
        return new Answer(
                call.line(),
                response.statusCode(),
                headers(call, response),
                call.mask(body),
                took,
                Instant.now(),
                call.command());
    }

    private static HashMap<String, String> headers(HttpCall call, Response response) {
        var headers = new HashMap<String, String>();
        response.headers()
                .forEach(header -> headers.putIfAbsent(
                        header.getName().toLowerCase(Locale.ROOT), call.mask(String.valueOf(header.getValue()))));
        return headers;
    }

    private CouldNotCheck noAnswer(HttpCall call, Exception problem) {
        return new CouldNotCheck("%s at %s://%s does not answer %s: %s. Ask it by hand:\n%s"
                .formatted(
                        system,
                        call.uri().getScheme(),
                        call.uri().getRawAuthority(),
                        call.line(),
                        Network.words(problem, patience),
                        call.command()));
    }

    private RestAssuredConfig config(boolean keepConnection) {
        int limit = Math.toIntExact(patience.toMillis());
        var client =
                httpClientConfig().setParam("http.connection.timeout", limit).setParam("http.socket.timeout", limit);
        var config = RestAssuredConfig.newConfig()
                .redirect(redirectConfig().followRedirects(false))
                .encoderConfig(encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false))
                .decoderConfig(decoderConfig().noContentDecoders());
        return config.httpClient(keepConnection ? client.reuseHttpClientInstance() : client);
    }
}
