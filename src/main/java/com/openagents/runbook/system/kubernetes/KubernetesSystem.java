package com.openagents.runbook.system.kubernetes;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.system.Look;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;

/**
 * The cluster that the runtime lives in. Every question says what its answer is held against, so that the evidence
 * shows both; a server that does not answer or refuses gives {@link CouldNotCheck}.
 */
public final class KubernetesSystem {
    /** The name of every object of the runtime: StatefulSet, Service, HPA, PDB (contract 1.1). */
    static final String NAME = "runtime";

    private final PodReader pods;
    private final WorkloadReader workload;
    private final AutoscalerReader autoscaler;
    private final JobReader jobs;
    private final SecretReader secrets;
    private final RevisionReader revisions;
    private final LogReader logs;
    private final EventReader events;
    private final NetworkPolicyReader policies;
    private final PodLook looks;

    /**
     * @param silence shared by all who ask the same server
     * @param shared between scenarios that may be told what another one has just read
     */
    public KubernetesSystem(
            KubernetesClient client, Kubectl kubectl, Silence silence, SharedReads shared, EvidenceLog evidence) {
        var reads = new Reads(client, kubectl, silence, shared, evidence);
        events = new EventReader(client, kubectl.namespace(), reads);
        pods = new PodReader(client, events, reads);
        workload = new WorkloadReader(client, events, reads);
        autoscaler = new AutoscalerReader(client, events, reads);
        jobs = new JobReader(client, events, reads);
        secrets = new SecretReader(client, reads);
        revisions = new RevisionReader(client, reads);
        logs = new LogReader(client, reads);
        policies = new NetworkPolicyReader(client, reads);
        looks = new PodLook(client, events, reads);
    }

    /** All pods with the label {@code app=runtime}. */
    public RuntimePods runtimePods(String heldAgainst) {
        return pods.runtimePods(heldAgainst);
    }

    /** What the StatefulSet asks for and how far it has come. */
    public Rollout rollout(String heldAgainst) {
        return workload.rollout(heldAgainst);
    }

    /** The disruption budget and how it stands. */
    public DisruptionBudget disruptionBudget(String heldAgainst) {
        return workload.disruptionBudget(heldAgainst);
    }

    /** Where the Service sends its traffic. */
    public Routing routing(String heldAgainst) {
        return workload.routing(heldAgainst);
    }

    /** The autoscaler with its conditions and the rescales on record. */
    public Autoscaler autoscaler(String heldAgainst) {
        return autoscaler.read(heldAgainst);
    }

    /** The newest run of the smoke check (runbook 1, 6). */
    public GateRun newestSmokeRun(String heldAgainst) {
        return jobs.newest("runtime-smoke", heldAgainst);
    }

    /** The newest run of the migration (runbook 6). */
    public GateRun newestMigrationRun(String heldAgainst) {
        return jobs.newest("runtime-migrate", heldAgainst);
    }

    /** What may be known of the Secret of the runtime (runbook 5). */
    public RuntimeSecret secret(String heldAgainst) {
        return secrets.secret(heldAgainst);
    }

    /** Where the pods take their secrets from. */
    public SecretUse secretUseOfPods(String heldAgainst) {
        return secrets.ofStatefulSet(heldAgainst);
    }

    /** Where the Jobs of the gate take their secrets from. */
    public List<SecretUse> secretUseOfGate(String heldAgainst) {
        return List.of(secrets.ofJob("runtime-migrate", heldAgainst), secrets.ofJob("runtime-smoke", heldAgainst));
    }

    /** The revisions that a rollback can go to (runbook 7). */
    public Revisions revisions(String heldAgainst) {
        return revisions.revisions(heldAgainst);
    }

    /** What the logs of all runtime pods say of the time since then (runbook 4A to 4C). */
    public LogTally logs(Duration since, String heldAgainst) {
        return logs.read(since, heldAgainst);
    }

    /** What Kubernetes warns of, about any object of the namespace (runbook 3.2). */
    public WarningEvents warnings(Duration since, String heldAgainst) {
        return events.allWarnings(since, heldAgainst);
    }

    /** The lines of a pod's log since then that hold a text (runbook 3.5). */
    public LogMatches linesWith(String pod, String text, Duration since) {
        return logs.find(pod, text, since);
    }

    /** What to look at after a finding about a pod. */
    public List<Look> looksAtPod(String pod) {
        return looks.atPod(pod);
    }

    /** What to look at after a finding about a Job of the gate. */
    public List<Look> looksAtJob(String job) {
        return looks.atJob(job);
    }

    /** Who may open connections to the pods (runbook 4B). */
    public IngressRules ingressRules(String heldAgainst) {
        return policies.ingress(heldAgainst);
    }
}
