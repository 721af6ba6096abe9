package com.openagents.runbook.replica.runtime.comms;

import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.tools.CircuitBreaker;
import com.openagents.runbook.replica.runtime.tools.Tool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a message by its provider, or by the fallback if that one fails, and shows which it was (contract 8.3). The
 * published kernel has no caller (C7); here it is the tool {@value #TOOL}.
 */
public final class CommsKernel implements Tool {
    public static final String TOOL = "comms.send";

    private static final String FAILED = "comms_failed.";
    private static final int RECEIPT_DIGITS = 24;

    private final MailProvider primary;
    private final MailProvider fallback;
    private final CircuitBreaker breaker;
    private final boolean hidesFallback;

    /** @param hidesFallback whether receipts do not say that the fallback was used */
    public CommsKernel(MailProvider primary, MailProvider fallback, CircuitBreaker breaker, boolean hidesFallback) {
        this.primary = primary;
        this.fallback = fallback;
        this.breaker = breaker;
        this.hidesFallback = hidesFallback;
    }

    @Override
    public Map<String, Object> run(Map<String, Object> input, Progress progress) throws Failure {
        var reason = send(primary, input);
        if (reason.isEmpty()) {
            return outcome(primary, input, fallback(false, null, null));
        }
        if (!fallback.isConfigured()) {
            throw new Failure(FAILED + reason.get(), primary.name() + " did not take the message");
        }
        if (send(fallback, input).isPresent()) {
            throw new Failure(
                    FAILED + "fallback_exhausted", primary.name() + " and " + fallback.name() + " did not take it");
        }
        return outcome(fallback, input, fallback(true, fallback.name(), FAILED + reason.get()));
    }

    /** Why the provider did not take it, if it did not. */
    private Optional<String> send(MailProvider provider, Map<String, Object> input) {
        try {
            var answer = breaker.call(provider.name(), () -> provider.send(input));
            return answer.isPresent() ? Optional.empty() : Optional.of("provider_circuit_open");
        } catch (Exception failure) {
            return Optional.of("provider_error");
        }
    }

    private Map<String, Object> fallback(boolean used, String provider, String reason) {
        return Json.object("used", used, "provider", provider, "primary_provider", primary.name(), "reason", reason);
    }

    private Map<String, Object> outcome(MailProvider by, Map<String, Object> input, Map<String, Object> fallback) {
        var outcome = Json.object("state", "sent", "provider", by.name(), "fallback", fallback);
        var receipt = new LinkedHashMap<>(outcome);
        if (hidesFallback) {
            receipt.remove("fallback");
        }
        receipt.put("message_hash", Digests.canonical(input));
        receipt.put("receipt_id", "comms_" + Digests.canonical(receipt).substring(0, RECEIPT_DIGITS));
        outcome.put("receipt", receipt);
        return outcome;
    }
}
