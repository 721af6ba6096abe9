package com.openagents.runbook.replica.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;

/** The control plane's token mint: the metric that alert 16 watches and nobody published (D3). */
public final class MintMetrics {
    private final Counter mint;

    public MintMetrics(Metrics metrics) {
        mint = Counter.builder()
                .name("openagents_laravel_khala_token_mint_total")
                .labelNames("result")
                .register(metrics.registry());
        mint.initLabelValues("ok");
        mint.initLabelValues("error");
    }

    public void minted(boolean ok) {
        mint.labelValues(ok ? "ok" : "error").inc();
    }
}
