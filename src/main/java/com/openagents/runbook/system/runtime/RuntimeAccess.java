package com.openagents.runbook.system.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where the runtime is and who asks.
 *
 * @param service the base URL of the Service, without a path
 * @param pods from pod name to base URL, read anew each time because pods come and go; empty if pods cannot be
 *     addressed one by one
 * @param signatureSecret read anew for every request, so a rotated one is noticed
 * @param principal for whom requests are made unless told otherwise
 * @param patience how long one answer may take
 */
public record RuntimeAccess(
        URI service,
        Supplier<Map<String, URI>> pods,
        Supplier<String> signatureSecret,
        Principal principal,
        Duration patience) {
    @Override
    public String toString() {
        return "runtime at " + service;
    }
}
