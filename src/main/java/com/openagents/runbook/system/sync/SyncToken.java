package com.openagents.runbook.system.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.openagents.runbook.system.http.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A token for the sync socket, opaque to all but the socket. What it claims can be read, its text cannot. */
public final class SyncToken {
    private final Optional<String> text;
    private final String words;
    private final String byHand;

    SyncToken(Optional<String> text, String words, String byHand) {
        this.text = text;
        this.words = words;
        this.byHand = byHand;
    }

    /** No token at all. */
    public static SyncToken none() {
        return new SyncToken(Optional.empty(), "no token", "");
    }

    /**
     * A token that someone else made.
     *
     * @param byHand shell lines that set {@code SYNC_TOKEN} to such a token
     */
    public static SyncToken minted(String text, String byHand) {
        return new SyncToken(Optional.of(text), "minted token", byHand);
    }

    /** The key id in the header, empty if there is none. */
    public Optional<String> keyId() {
        return JsonText.part(segment(0), "kid");
    }

    /** A claim as text, lists as JSON; empty if there is none. */
    public Optional<String> claim(String name) {
        return JsonText.part(segment(1), name);
    }

    Optional<String> text() {
        return text;
    }

    String byHand() {
        return byHand;
    }

    private JsonNode segment(int place) {
        var parts = text.orElse("").split("\\.", -1);
        if (parts.length != 3) {
            return JsonText.read("");
        }
        try {
            return JsonText.read(new String(Base64.getUrlDecoder().decode(parts[place]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return JsonText.read("");
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
