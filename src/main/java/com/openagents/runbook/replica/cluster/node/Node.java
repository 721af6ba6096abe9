package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.controller.ControllerContext;
import com.openagents.runbook.replica.cluster.controller.PodMetrics;
import com.openagents.runbook.replica.cluster.controller.Pods;
import com.openagents.runbook.replica.cluster.controller.Threads;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The one node of the cluster. It runs the pods that are bound to it. */
public final class Node implements AutoCloseable {
    public static final String NAME = "replica-node-1";

    private static final long MEMORY_LOOK_MILLIS = 250;
    private static final String VERSION = "v1.34.2";

    private final NodeContext context;
    private final Map<String, PodWorker> pods = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Threads.daemon("node"));
    private final ScheduledExecutorService memory =
            Executors.newSingleThreadScheduledExecutor(Threads.daemon("memory"));
    private final CpuMetrics metrics;
    private volatile boolean closed;

    /**
     * @param logs where containers write, beside their working folders
     * @param localized changes the variables of a container where this machine differs from a cluster
     */
    public Node(
            ControllerContext cluster,
            ImageStore images,
            Loopback loopback,
            NodeDials dials,
            LogStore logs,
            UnaryOperator<Map<String, String>> localized) {
        context = new NodeContext(
                cluster,
                cluster.events().of("kubelet", NAME),
                NAME,
                loopback.services(),
                images,
                loopback,
                dials,
                logs,
                localized,
                threads);
        metrics = new CpuMetrics(context, pods::values);
        cluster.informers().watch(Pod.class, this::changed, this::deleted);
        memory.scheduleWithFixedDelay(this::checkMemory, MEMORY_LOOK_MILLIS, MEMORY_LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Makes the node known; from then on pods can be bound to it. */
    public void register() {
        var client = context.cluster().client();
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels(Map.of("kubernetes.io/hostname", NAME, "kubernetes.io/os", "linux"))
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        var created = client.resource(node).create();
        context.cluster()
                .writeStatus(
                        client.nodes().withName(NAME), created.getMetadata().getUid(), this::withStatus);
    }

    private io.fabric8.kubernetes.api.model.Node withStatus(io.fabric8.kubernetes.api.model.Node node) {
        var now = Pods.time(context.cluster().clock().instant());
        var size = Map.of(
                "cpu",
                new Quantity(String.valueOf(Runtime.getRuntime().availableProcessors())),
                "memory",
                new Quantity("16Gi"),
                "pods",
                new Quantity("110"));
        return new NodeBuilder(node)
                .editOrNewStatus()
                .addNewAddress(context.address(), "InternalIP")
                .addNewAddress(NAME, "Hostname")
                .withCapacity(size)
                .withAllocatable(size)
                .addToConditions(new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("KubeletReady")
                        .withMessage("kubelet is posting ready status")
                        .withLastHeartbeatTime(now)
                        .withLastTransitionTime(now)
                        .build())
                .withNewNodeInfo()
                .withKubeletVersion(VERSION)
                .withKubeProxyVersion("")
                .withContainerRuntimeVersion("replica://1")
                .withArchitecture(System.getProperty("os.arch"))
                .withOperatingSystem("linux")
                .withOsImage(System.getProperty("os.name"))
                .withKernelVersion(System.getProperty("os.version"))
                .withBootID("")
                .withMachineID("")
                .withSystemUUID("")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    public PodMetrics metrics() {
        return metrics;
    }

    private void changed(Pod pod) {
        if (!NAME.equals(pod.getSpec().getNodeName()) || closed) {
            return;
        }
        var uid = pod.getMetadata().getUid();
        var known = pods.get(uid);
        if (known != null) {
            known.update(pod);
        } else if (!Pods.isFinished(pod)) {
            var worker = new PodWorker(context, pod, () -> pods.remove(uid));
            pods.put(uid, worker);
            worker.start();
            worker.update(pod);
        }
    }

    private void deleted(Pod pod) {
        var worker = pods.get(pod.getMetadata().getUid());
        if (worker != null) {
            worker.gone();
        }
    }

    private void checkMemory() {
        pods.values().forEach(pod -> pod.containers().forEach(ContainerWorker::checkMemory));
    }

    /** Kills the processes of a pod, as a crash would; its containers restart as their policy says. */
    public void crash(String namespace, String pod) {
        pods.values().stream()
                .filter(worker -> worker.pod().getMetadata().getNamespace().equals(namespace)
                        && worker.pod().getMetadata().getName().equals(pod))
                .flatMap(worker -> worker.containers().stream())
                .forEach(ContainerWorker::killNow);
    }

    /** Ends all processes at once. */
    @Override
    public void close() {
        closed = true;
        memory.shutdownNow();
        metrics.close();
        pods.values().forEach(PodWorker::killNow);
        pods.values().stream()
                .flatMap(pod -> pod.containers().stream())
                .flatMap(container -> container.process().stream())
                .forEach(ContainerProcess::awaitEnd);
        threads.shutdownNow();
    }
}
