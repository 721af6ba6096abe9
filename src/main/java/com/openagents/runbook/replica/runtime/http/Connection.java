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
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean busy;

    Connection(Dispatcher dispatcher, ResponseWriter writer, ActiveRequests active) {
        super(false);
        this.dispatcher = dispatcher;
        this.writer = writer;
        this.active = active;
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
        var head = RequestReader.head(wire);
        active.begin();
        boolean keepAlive = HttpUtil.isKeepAlive(wire);
        try {
            dispatcher.dispatch(
                    wire,
                    head,
                    response -> writer.write(context.channel(), head, response, keepAlive, startedAt, () -> {
                        active.end();
                        context.executor().execute(() -> finished(context));
                    }));
        } finally {
            wire.release();
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
