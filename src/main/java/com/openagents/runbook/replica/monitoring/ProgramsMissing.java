package com.openagents.runbook.replica.monitoring;

/** Prometheus and Alertmanager cannot be had on this machine; the message says why and how to get them. */
public final class ProgramsMissing extends Exception {
    private static final long serialVersionUID = 1L;

    ProgramsMissing(String tried) {
        super("no Prometheus and Alertmanager on this machine (" + tried
                + "). Put prometheus, promtool and alertmanager on the PATH, or name running ones by"
                + " systems.prometheus.url and systems.alertmanager.url in the environment's file");
    }
}
