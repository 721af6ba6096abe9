package com.openagents.runbook.environment;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the metrics of a run are delivered; what is not named is null. */
public record Publish(Pushgateway pushgateway, Otlp otlp) {

    /** @param token a reference to its bearer token; null if it needs none */
    public record Pushgateway(String url, String token) {}

    /**
     * @param url where metrics are posted, path included
     * @param headers from name to a reference to the value; null if it needs none
     */
    public record Otlp(String url, Map<String, String> headers) {
        public Otlp {
            headers = headers == null ? Map.of() : Map.copyOf(headers);
        }
    }

    Stream<String> references() {
        return Stream.concat(
                Optional.ofNullable(pushgateway).map(Pushgateway::token).stream(),
                Optional.ofNullable(otlp).map(Otlp::headers).stream().flatMap(headers -> headers.values().stream()));
    }
}
