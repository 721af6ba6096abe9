package com.openagents.runbook.replica.runtime.release;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** GET with the smoke check's time limits: 2 s to connect, 5 s to answer. */
final class SmokeClient {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;

    Answer get(String url, Map<String, String> headers) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        headers.forEach(connection::setRequestProperty);
        try {
            int status = connection.getResponseCode();
            try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                var text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(status, text);
            }
        } finally {
            connection.disconnect();
        }
    }

    record Answer(int status, String body) {}
}
