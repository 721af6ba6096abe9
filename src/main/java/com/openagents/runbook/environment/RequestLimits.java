package com.openagents.runbook.environment;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What one API server has to bear from us: so many requests within a time, the next one waits. What it refuses for now (429,
 * 5xx) the client asks again, a few times and not before the server's {@code Retry-After}; this ends it where that would take
 * long, or where the server has refused so much that waiting for each request would hold up the whole run.
 */
final class RequestLimits implements Interceptor {
    static final int TRIED_AGAIN = 3;

    private static final int REQUESTS = 100;
    private static final Duration WITHIN = Duration.ofSeconds(2);

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int REFUSALS = 15;
    private static final Duration REFUSALS_WITHIN = Duration.ofMinutes(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Nobody is let through for having waited too long; longer than anybody waits for an answer. */
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final RateLimiter requests;
    private final RateLimiter refusals;

    private RequestLimits(RateLimiter requests, RateLimiter refusals) {
        this.requests = requests;
        this.refusals = refusals;
    }

    /** @param limit null where the standard is meant */
    static RequestLimits of(EnvironmentFile.RateLimit limit) {
        var chosen = Optional.ofNullable(limit);
        return new RequestLimits(
                limiter(
                        "requests to the API server",
                        chosen.map(EnvironmentFile.RateLimit::requests).orElse(REQUESTS),
                        chosen.map(EnvironmentFile.RateLimit::within)
                                .map(Durations::parse)
                                .orElse(WITHIN),
                        FOR_EVER),
                limiter("refusals of the API server", REFUSALS, REFUSALS_WITHIN, Duration.ZERO));
    }

    private static RateLimiter limiter(String name, int most, Duration within, Duration waits) {
        return RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                        .limitForPeriod(most)
                        .limitRefreshPeriod(within)
                        .timeoutDuration(waits)
                        .build());
    }

    /**
     * A client of the same server for what a pod answers: its refusals are no refusals of the server, and nothing is asked
     * again, so that what comes back is what the pod answered.
     */
    static HttpClient once(KubernetesClient client) {
        var config = new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        return client.getHttpClient()
                .newBuilder()
                .tag(config)
                .tag(new AskedOnce())
                .build();
    }

    private record AskedOnce() {}

    private static boolean isAskedOnce(RequestTags tags) {
        return tags.getTag(AskedOnce.class) != null;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        // False only for a thread that is being ended, and that waits for no answer either.
        requests.acquirePermission();
        if (isAskedOnce(tags)) {
            return;
        }
        boolean patient = refusals.getMetrics().getAvailablePermissions() > 0;
        // What the client reads when the next request begins.
        tags.getTag(RequestConfig.class).setRequestRetryBackoffLimit(patient ? TRIED_AGAIN : 0);
    }

    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
        boolean forNow = response.code() == TOO_MANY_REQUESTS || response.code() >= SERVER_ERROR;
        if (!forNow || isAskedOnce(tags)) {
            return CompletableFuture.completedFuture(false);
        }
        var wait = retryAfter(response);
        return whyNotAgain(response, wait)
                .map(reason -> new KubernetesClientException(reason, response.code(), null))
                .<CompletableFuture<Boolean>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> refusals.acquirePermission() ? after(wait) : after(Duration.ZERO));
    }

    /** The client reads the header and pauses for its own interval all the same, so what the server asks for goes before. */
    private static CompletableFuture<Boolean> after(Duration wait) {
        return new CompletableFuture<Boolean>()
                .completeOnTimeout(false, Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
    }

    private static Optional<String> whyNotAgain(HttpResponse<?> response, Duration wait) {
        boolean evicts = response.request().uri().getPath().endsWith("/eviction");
        if (evicts && response.code() == TOO_MANY_REQUESTS) {
            return Optional.of("the disruption budget does not let the pod go now");
        }
        return wait.compareTo(LONGEST_WAIT) > 0
                ? Optional.of("it asks to be left alone for " + wait.toSeconds() + " s")
                : Optional.empty();
    }

    /** As HTTP writes it: seconds, or a date. */
    private static Duration retryAfter(HttpResponse<?> response) {
        var header = Optional.ofNullable(response.header("Retry-After")).orElse("0");
        if (header.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            var until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(Instant.now(), until);
        } catch (DateTimeParseException unknown) {
            return Duration.ZERO;
        }
    }
}
