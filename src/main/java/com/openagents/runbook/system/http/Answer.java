package com.openagents.runbook.system.http;

import com.openagents.runbook.system.Excerpt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answered. Secrets of the question that it repeats are masked.
 *
 * @param asked the request line
 * @param headers from name in small letters to first value
 * @param took from the request to the end of the answer
 * @param at when the answer was complete
 * @param command the command that asks the same by hand
 */
public record Answer(
        String asked, int status, Map<String, String> headers, String body, Duration took, Instant at, String command) {
    private static final int LONGEST_TEXT = 120;

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** The code of the error envelope (contract 3.3), for example {@code unauthorized}; empty if there is none. */
    public String code() {
        return part("error.code").orElse("");
    }

    /** What the answer says about an error, in whichever of the known shapes; empty if it says nothing. */
    public String message() {
        return part("error.message")
                .or(() -> part("errors.detail"))
                .or(() -> part("message"))
                .orElseGet(() -> status < 400 || isJson() ? "" : "not JSON: " + shortened(body));
    }

    /** The problems listed in an error, texts or JSON objects. */
    public List<String> details() {
        return list("error.details");
    }

    /** Whether the body is a JSON object or list. */
    public boolean isJson() {
        return JsonText.read(body).isContainerNode();
    }

    /** One part of the body by name, for example {@code data.status}; empty if there is none or it is null. */
    public Optional<String> part(String path) {
        return JsonText.part(JsonText.read(body), path);
    }

    /** The texts of a list in the body; none where there is no list. */
    public List<String> list(String path) {
        return JsonText.list(JsonText.read(body), path);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> requestId() {
        return header("x-request-id");
    }

    /** The answer in a few words: {@code 401 unauthorized: missing runtime signature}. */
    public String words() {
        var code = code().isEmpty() ? "" : " " + code();
        return status + code + (message().isEmpty() ? "" : ": " + message());
    }

    static String shortened(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_TEXT ? line : Excerpt.of(line, LONGEST_TEXT) + "…";
    }
}
