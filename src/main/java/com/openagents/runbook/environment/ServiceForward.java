package com.openagents.runbook.environment;

import com.openagents.runbook.replica.http.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The Service of the runtime at a port of this machine, for machines outside the network of the cluster: each connection goes
 * to one of the ready pods in turn, as the Service would send it.
 */
final class ServiceForward implements AutoCloseable {
    private static final String HERE = "127.0.0.1";

    private final Relay relay;
    private final Supplier<List<URI>> ready;

    private ServiceForward(Relay relay, Supplier<List<URI>> ready) {
        this.relay = relay;
        this.ready = ready;
    }

    /** @param ready where this machine reaches the ready pods */
    static ServiceForward to(Supplier<List<URI>> ready) {
        var turn = new AtomicInteger();
        try {
            return new ServiceForward(Relay.at(HERE, () -> next(ready.get(), turn.getAndIncrement())), ready);
        } catch (IOException e) {
            throw new UncheckedIOException("no port of this machine can be had for the Service of the runtime", e);
        }
    }

    private static InetSocketAddress next(List<URI> pods, int turn) throws IOException {
        if (pods.isEmpty()) {
            throw new IOException("no pod is ready");
        }
        var pod = pods.get(Math.floorMod(turn, pods.size()));
        return new InetSocketAddress(pod.getHost(), pod.getPort());
    }

    /** @throws com.openagents.runbook.evidence.CouldNotCheck if the API server does not let us reach pods, or is silent */
    void check() {
        ready.get();
    }

    URI uri() {
        return URI.create("http://" + HERE + ":" + relay.port());
    }

    @Override
    public void close() {
        try {
            relay.close();
        } catch (IOException closed) {
            // It is not used any further either way.
        }
    }
}
