package com.openagents.runbook.system;

import com.openagents.runbook.evidence.CouldNotCheck;
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

/** The systems that an environment offers to a scenario. Asking for one that it does not offer is {@link CouldNotCheck}. */
public interface Systems {

    /**
     * The client of a system, of the type that its name says.
     *
     * @throws CouldNotCheck if the environment does not offer it, with what to add
     */
    Object system(SystemName name);

    default KubernetesSystem kubernetes() {
        return (KubernetesSystem) system(SystemName.KUBERNETES);
    }

    default DatabaseSystem database() {
        return (DatabaseSystem) system(SystemName.DATABASE);
    }

    default RuntimeSystem runtime() {
        return (RuntimeSystem) system(SystemName.RUNTIME);
    }

    default SyncSystem sync() {
        return (SyncSystem) system(SystemName.SYNC);
    }

    default ControlPlaneSystem controlPlane() {
        return (ControlPlaneSystem) system(SystemName.CONTROL_PLANE);
    }

    default CheckoutSystem checkout() {
        return (CheckoutSystem) system(SystemName.CHECKOUT);
    }

    default PrometheusSystem prometheus() {
        return (PrometheusSystem) system(SystemName.PROMETHEUS);
    }

    default AlertmanagerSystem alertmanager() {
        return (AlertmanagerSystem) system(SystemName.ALERTMANAGER);
    }

    default GrafanaSystem grafana() {
        return (GrafanaSystem) system(SystemName.GRAFANA);
    }

    default CloudRunSystem cloudRun() {
        return (CloudRunSystem) system(SystemName.CLOUD_RUN);
    }
}
