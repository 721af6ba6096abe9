package com.openagents.runbook.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openagents.runbook.evidence.Sha256;
import java.time.Instant;

/**
 * One line of the undo journal, written before the change that it takes back.
 *
 * @param number from 1, in the order of the changes
 * @param what the change, in words
 * @param at when it was about to be made, UTC
 * @param previous the hash of the entry before; empty for the first
 * @param hash SHA-256 over all the rest, so that an altered inverse is not carried out
 */
public record JournalEntry(int number, String what, Inverse inverse, String at, String previous, String hash) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static JournalEntry after(JournalEntry before, String what, Inverse inverse, Instant at) {
        int number = before == null ? 1 : before.number + 1;
        var previous = before == null ? "" : before.hash;
        return new JournalEntry(
                number, what, inverse, at.toString(), previous, hash(number, what, inverse, at.toString(), previous));
    }

    /** Whether nobody changed it since it was written. */
    boolean intact() {
        return hash.equals(hash(number, what, inverse, at, previous));
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry of the journal is not writable as JSON", e);
        }
    }

    /** @throws IllegalArgumentException if it is none */
    static JournalEntry parse(String json) {
        try {
            return JSON.readValue(json, JournalEntry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an entry of an undo journal", e);
        }
    }

    private static String hash(int number, String what, Inverse inverse, String at, String previous) {
        var text = String.join(
                "\n",
                String.valueOf(number),
                what,
                inverse.action().name(),
                inverse.name(),
                inverse.state(),
                at,
                previous);
        return Sha256.of(text);
    }
}
