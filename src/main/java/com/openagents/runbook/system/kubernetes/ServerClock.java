package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.CouldNotCheck;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether this machine and an API server agree on the time. Ages are differences between the two clocks: with one that is
 * wrong, a pod that restarted just now may look as if it had not.
 */
final class ServerClock {
    private static final Duration TOLERATED = Duration.ofSeconds(30);
    private static final int PATIENCE_SECONDS = 10;

    private final KubernetesClient client;
    private final InstantSource here;
    private boolean asked;
    private Optional<CouldNotCheck> objection = Optional.empty();

    ServerClock(KubernetesClient client, InstantSource here) {
        this.client = client;
        this.here = here;
    }

    /**
     * Asks once.
     *
     * @throws CouldNotCheck if the clocks are more than half a minute apart; one that does not answer is no reason
     */
    synchronized void check() {
        if (!asked) {
            objection = ahead().filter(ahead -> ahead.abs().compareTo(TOLERATED) > 0)
                    .map(this::objection);
            // Whoever is told to end has not waited for the time, so the next one asks for it.
            asked = !Thread.currentThread().isInterrupted();
        }
        if (objection.isPresent()) {
            throw objection.get();
        }
    }

    private CouldNotCheck objection(Duration ahead) {
        return new CouldNotCheck("the clock of this machine is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " that of the API server "
                + client.getConfiguration().getMasterUrl()
                + ", so no age can be judged: set it right, or that of the server");
    }

    private Optional<Duration> ahead() {
        return serverTime().map(there -> Duration.between(there, here.instant()));
    }

    private Optional<Instant> serverTime() {
        var http = client.getHttpClient();
        var request = http.newHttpRequestBuilder()
                .uri(client.getConfiguration().getMasterUrl() + "version")
                .build();
        try {
            var answer = http.sendAsync(request, byte[].class).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return answer.headers("date").stream()
                    .findFirst()
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (ExecutionException | TimeoutException | DateTimeException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
