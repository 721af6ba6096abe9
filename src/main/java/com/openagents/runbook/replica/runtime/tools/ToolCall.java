package com.openagents.runbook.replica.runtime.tools;

import com.openagents.runbook.replica.runtime.spend.Reservations;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One tool call of a run.
 *
 * @param charge nothing if the call costs nothing
 */
public record ToolCall(
        String runId, String callId, String toolName, Map<String, Object> input, Optional<Charge> charge) {

    /**
     * What a call may cost.
     *
     * @param authorizationId null if the most specific one pays
     * @param amount null if the caller forgot it
     * @param correlationId under which the provider knows the payment, null if the caller cannot know it yet
     */
    public record Charge(
            String authorizationId, String autopilotId, Long amount, String retryClass, String correlationId) {

        /** Nothing if the payload says nothing of money. */
        public static Optional<Charge> read(Map<String, Object> payload) {
            boolean charged =
                    Stream.of("authorization_id", "amount_sats", "retry_class").anyMatch(payload::containsKey);
            return charged
                    ? Optional.of(new Charge(
                            text(payload, "authorization_id"),
                            text(payload, "autopilot_id"),
                            payload.get("amount_sats") instanceof Long amount ? amount : null,
                            text(payload, "retry_class"),
                            text(payload, "provider_correlation_id")))
                    : Optional.empty();
        }

        boolean isComplete() {
            return amount != null && retryClass != null;
        }

        boolean mayBeRepeated() {
            return Reservations.SAFE_RETRY.equals(retryClass);
        }

        private static String text(Map<String, Object> payload, String key) {
            return payload.get(key) instanceof String text && !text.isBlank() ? text.trim() : null;
        }
    }
}
