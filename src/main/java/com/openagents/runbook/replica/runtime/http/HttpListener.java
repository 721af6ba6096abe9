package com.openagents.runbook.replica.runtime.http;

import com.openagents.runbook.replica.runtime.config.Listener;
import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.HttpMetrics;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** Listens for HTTP, and on request stops the way the service does (contract 0.2, SIGTERM). */
public final class HttpListener {
    private static final int EVENT_LOOPS = 2;
    private static final int MAX_BODY_BYTES = 8_000_000;

    private final NioEventLoopGroup loops = new NioEventLoopGroup(EVENT_LOOPS);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ActiveRequests active = new ActiveRequests();
    private final WebSockets sockets;
    private final Channel server;

    private HttpListener(
            Listener where,
            Dispatcher dispatcher,
            SocketEndpoint endpoint,
            Executor streams,
            HttpMetrics metrics,
            Log log)
            throws InterruptedException {
        sockets = new WebSockets(where.socketIdleMillis(), metrics);
        var writer = new ResponseWriter(streams, active, metrics, log);
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                                .addLast(new Connection(dispatcher, writer, active, endpoint, sockets));
                    }
                });
        var address = where.bindAddress()
                .map(host -> new InetSocketAddress(host, where.port()))
                .orElseGet(() -> new InetSocketAddress(where.port()));
        server = bootstrap.bind(address).sync().channel();
    }

    /** Listens at once; throws the bind failure if the port is taken. */
    public static HttpListener open(
            Listener where,
            Dispatcher dispatcher,
            SocketEndpoint endpoint,
            Executor streams,
            HttpMetrics metrics,
            Log log)
            throws InterruptedException {
        return new HttpListener(where, dispatcher, endpoint, streams, metrics, log);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Refuses new connections, lets open requests go on for a while, then cuts what is left. */
    public void drain(long millis) throws InterruptedException {
        server.close().await();
        sockets.closeAll();
        active.drain(millis);
        connections.close().await(1_000);
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).await(1_500);
    }
}
