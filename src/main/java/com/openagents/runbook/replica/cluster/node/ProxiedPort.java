package com.openagents.runbook.replica.cluster.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One port of one Service: it listens while there is an endpoint to pass connections on to. */
final class ProxiedPort {
    private final Vertx vertx;
    private final String address;
    private final int number;
    private final Consumer<String> log;
    private final NetClient client;
    private NetServer server;
    private volatile List<SocketAddress> endpoints = List.of();

    ProxiedPort(Vertx vertx, String address, int number, Consumer<String> log) {
        this.vertx = vertx;
        this.address = address;
        this.number = number;
        this.log = log;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(5_000));
    }

    int number() {
        return number;
    }

    synchronized void endpoints(List<SocketAddress> ready) {
        endpoints = ready;
        if (ready.isEmpty() && server != null) {
            await(server.close());
            server = null;
        } else if (!ready.isEmpty() && server == null) {
            var starting = vertx.createNetServer(
                            new NetServerOptions().setHost(address).setPort(number))
                    .connectHandler(this::pass);
            await(starting.listen());
            server = starting;
        }
    }

    private static void await(Future<?> future) {
        future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    private void pass(NetSocket from) {
        var choice = endpoints;
        if (choice.isEmpty()) {
            from.close();
            return;
        }
        from.pause();
        client.connect(choice.get(ThreadLocalRandom.current().nextInt(choice.size())))
                .onSuccess(to -> join(from, to))
                .onFailure(refused -> {
                    log.accept("service " + address + ":" + number + ": " + refused.getMessage());
                    from.close();
                });
    }

    private static void join(NetSocket from, NetSocket to) {
        from.closeHandler(closed -> to.close());
        to.closeHandler(closed -> from.close());
        to.pipeTo(from);
        from.pipeTo(to);
    }
}
