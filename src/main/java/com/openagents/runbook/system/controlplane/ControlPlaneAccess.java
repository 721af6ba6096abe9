package com.openagents.runbook.system.controlplane;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the control plane is and who asks.
 *
 * @param base its URL, without a path
 * @param apiToken the bearer token of a person; read anew for every request, so a changed one is noticed
 * @param patience how long one answer may take
 */
public record ControlPlaneAccess(URI base, Supplier<String> apiToken, Duration patience) {
    @Override
    public String toString() {
        return "control plane at " + base;
    }
}
