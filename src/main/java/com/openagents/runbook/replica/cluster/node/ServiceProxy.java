package com.openagents.runbook.replica.cluster.node;

import com.openagents.runbook.replica.cluster.controller.ControllerContext;
import com.openagents.runbook.replica.cluster.controller.ObjectKey;
import com.openagents.runbook.replica.cluster.controller.WorkQueue;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Stands in for kube-proxy: each port of each ClusterIP Service listens on a loopback address, and a connection goes to
 * one of the ready endpoints, chosen at random. Without a ready endpoint connections are refused.
 */
public final class ServiceProxy implements AutoCloseable {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final ControllerContext context;
    private final String address;
    private final Vertx vertx;
    private final WorkQueue<ObjectKey> queue;
    private final Map<Port, ProxiedPort> ports = new ConcurrentHashMap<>();

    private record Port(ObjectKey service, String name) {}

    public ServiceProxy(ControllerContext context, Loopback loopback) {
        this.context = context;
        this.address = loopback.services();
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true));
        this.queue = new WorkQueue<>("service-proxy", context.log(), this::reconcile);
        context.informers().watch(Service.class, service -> queue.add(ObjectKey.of(service)));
        context.informers()
                .watch(
                        EndpointSlice.class,
                        slice -> Optional.ofNullable(slice.getMetadata().getLabels())
                                .map(labels -> labels.get(SERVICE_NAME))
                                .ifPresent(name -> queue.add(
                                        new ObjectKey(slice.getMetadata().getNamespace(), name))));
    }

    /**
     * @param portName the name of the Service's port
     * @return where the port can be reached on this machine, if the Service has such a port
     */
    public Optional<URI> uri(String namespace, String service, String portName) {
        return Optional.ofNullable(ports.get(new Port(new ObjectKey(namespace, service), portName)))
                .map(port -> URI.create("http://" + address + ":" + port.number()));
    }

    private void reconcile(ObjectKey key) throws IOException {
        var service = context.informers()
                .get(Service.class, key)
                .filter(known -> !"None".equals(known.getSpec().getClusterIP()));
        ports.keySet().stream()
                .filter(port ->
                        port.service().equals(key) && (service.isEmpty() || !hasPort(service.get(), port.name())))
                .toList()
                .forEach(port -> ports.remove(port).endpoints(List.of()));
        if (service.isEmpty()) {
            return;
        }
        for (var port : service.get().getSpec().getPorts()) {
            var name = name(port);
            var proxied = ports.get(new Port(key, name));
            if (proxied == null) {
                proxied = new ProxiedPort(vertx, address, freePort(), context.log());
                ports.put(new Port(key, name), proxied);
            }
            proxied.endpoints(endpoints(key, name));
        }
    }

    private static boolean hasPort(Service service, String name) {
        return service.getSpec().getPorts().stream().anyMatch(port -> name(port).equals(name));
    }

    private static String name(ServicePort port) {
        return Objects.requireNonNullElse(port.getName(), "");
    }

    /** The ready ones; if there are none, those that still serve while they end, as kube-proxy does. */
    private List<SocketAddress> endpoints(ObjectKey service, String portName) {
        var ready = endpoints(service, portName, EndpointConditions::getReady);
        return ready.isEmpty() ? endpoints(service, portName, EndpointConditions::getServing) : ready;
    }

    private List<SocketAddress> endpoints(
            ObjectKey service, String portName, Function<EndpointConditions, Boolean> condition) {
        return context.informers().list(EndpointSlice.class, service.namespace()).stream()
                .filter(slice -> slice.getMetadata().getLabels() != null
                        && service.name().equals(slice.getMetadata().getLabels().get(SERVICE_NAME)))
                .flatMap(slice -> orEmpty(slice.getPorts()).stream()
                        .filter(port -> portName.equals(Objects.requireNonNullElse(port.getName(), "")))
                        .flatMap(port -> orEmpty(slice.getEndpoints()).stream()
                                .filter(endpoint -> Boolean.TRUE.equals(condition.apply(endpoint.getConditions())))
                                .flatMap(endpoint -> endpoint.getAddresses().stream())
                                .map(ip -> SocketAddress.inetSocketAddress(port.getPort(), ip))))
                .toList();
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    private int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        queue.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .completeOnTimeout(null, 2, TimeUnit.SECONDS)
                .join();
    }
}
