package com.openagents.runbook.replica.runtime.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/** One client connection: answers its requests one after the other, in the order they came. */
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Dispatcher dispatcher;
    private final ResponseWriter writer;
    private final ActiveRequests active;
    private final SocketEndpoint endpoint;
    private final WebSockets sockets;
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;

    Connection(
            Dispatcher dispatcher,
            ResponseWriter writer,
            ActiveRequests active,
            SocketEndpoint endpoint,
            WebSockets sockets) {
        super(false);
        this.dispatcher = dispatcher;
        this.writer = writer;
        this.active = active;
        this.endpoint = endpoint;
        this.sockets = sockets;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest wire) {
        waiting.add(wire);
        next(context);
    }

    private void next(ChannelHandlerContext context) {
        if (busy || waiting.isEmpty()) {
            return;
        }
        busy = true;
        var wire = waiting.poll();
        long startedAt = System.nanoTime();
        var head = RequestReader.head(wire, context.channel().id().asShortText());
        try {
            if (head.path().equals(endpoint.path())) {
                connectSocket(context, wire, head);
            } else {
                answer(context, wire, head, startedAt);
            }
        } finally {
            wire.release();
        }
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest wire, Request head, long startedAt) {
        active.begin();
        boolean keepAlive = HttpUtil.isKeepAlive(wire);
        dispatcher.dispatch(
                wire,
                head,
                response -> writer.write(context.channel(), head, response, keepAlive, startedAt, () -> {
                    active.end();
                    context.executor().execute(() -> finished(context));
                }));
    }

    /** The token is judged before the upgrade: a wrong one is refused whatever else is wrong. */
    private void connectSocket(ChannelHandlerContext context, FullHttpRequest wire, Request head) {
        var decision = endpoint.judge(head);
        if (decision instanceof SocketEndpoint.Decision.Refused refused) {
            writer.refuseSocket(context.channel(), refused.response());
        } else if (decision instanceof SocketEndpoint.Decision.Accepted accepted) {
            var malformed = WebSockets.refuse(wire.headers());
            if (malformed.isPresent()) {
                writer.refuseSocket(context.channel(), malformed.get());
            } else {
                sockets.upgrade(context, wire, accepted.session());
            }
        }
    }

    private void finished(ChannelHandlerContext context) {
        busy = false;
        next(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
