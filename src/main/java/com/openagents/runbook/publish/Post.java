package com.openagents.runbook.publish;

import com.openagents.runbook.system.http.Network;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Posts over HTTP. Redirects are not followed, so what is told goes to no other host than the one named. */
public final class Post {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Courier.PATIENCE)
            .build();

    /**
     * @param token sent as a bearer token, if any
     * @throws NotDelivered unless it is answered with a status from 200 to 299
     */
    public void send(String url, String mediaType, Optional<String> token, String body) throws NotDelivered {
        var request = request(url)
                .header("Content-Type", mediaType)
                .timeout(Courier.PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw NotDelivered.answered(answer.statusCode(), answer.body());
            }
        } catch (IOException e) {
            var words = Network.words(e, Courier.PATIENCE);
            throw e instanceof ConnectException || e instanceof HttpConnectTimeoutException
                    ? new NotDelivered(words, true)
                    : NotDelivered.unanswered(words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotDelivered("interrupted", false);
        }
    }

    /** An address may come from a secret, so it is not repeated. */
    private static HttpRequest.Builder request(String url) throws NotDelivered {
        try {
            return HttpRequest.newBuilder(URI.create(url.strip()));
        } catch (IllegalArgumentException e) {
            throw new NotDelivered("its address is not one of http or https", false);
        }
    }
}
