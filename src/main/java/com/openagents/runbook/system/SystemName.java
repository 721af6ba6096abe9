package com.openagents.runbook.system;

import com.openagents.runbook.system.alertmanager.AlertmanagerSystem;
import com.openagents.runbook.system.checkout.CheckoutSystem;
import com.openagents.runbook.system.cloudrun.CloudRunSystem;
import com.openagents.runbook.system.controlplane.ControlPlaneSystem;
import com.openagents.runbook.system.database.DatabaseSystem;
import com.openagents.runbook.system.grafana.GrafanaSystem;
import com.openagents.runbook.system.kubernetes.KubernetesSystem;
import com.openagents.runbook.system.prometheus.PrometheusSystem;
import com.openagents.runbook.system.runtime.RuntimeSystem;
import com.openagents.runbook.system.sync.SyncSystem;

/** The things an environment may offer, each with the word for it in environment files and the client that asks it. */
public enum SystemName {
    KUBERNETES("kubernetes", KubernetesSystem.class),
    DATABASE("database", DatabaseSystem.class),
    RUNTIME("runtime", RuntimeSystem.class),
    SYNC("sync", SyncSystem.class),
    CONTROL_PLANE("control-plane", ControlPlaneSystem.class),
    CHECKOUT("checkout", CheckoutSystem.class),
    PROMETHEUS("prometheus", PrometheusSystem.class),
    ALERTMANAGER("alertmanager", AlertmanagerSystem.class),
    GRAFANA("grafana", GrafanaSystem.class),
    CLOUD_RUN("cloud-run", CloudRunSystem.class);

    private final String word;
    private final Class<?> client;

    SystemName(String word, Class<?> client) {
        this.word = word;
        this.client = client;
    }

    /** The key under {@code systems} in an environment file. */
    public String word() {
        return word;
    }

    public Class<?> client() {
        return client;
    }
}
