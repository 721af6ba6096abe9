package com.openagents.runbook.replica.runtime.http;

import com.openagents.runbook.replica.runtime.http.SocketEndpoint.SocketLine;
import com.openagents.runbook.replica.runtime.http.SocketEndpoint.SocketSession;
import com.openagents.runbook.replica.runtime.telemetry.HttpMetrics;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Turns connections into WebSockets and keeps count of the open ones. */
final class WebSockets {
    private static final int MAX_FRAME_BYTES = 8_000_000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int SERVICE_RESTART = 1012;

    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final long idleMillis;
    private final HttpMetrics metrics;

    /** @param idleMillis how long a socket may be silent in both directions */
    WebSockets(long idleMillis, HttpMetrics metrics) {
        this.idleMillis = idleMillis;
        this.metrics = metrics;
    }

    /** What is wrong with the upgrade, in the words of the service. */
    static Optional<Response.Body> refuse(HttpHeaders headers) {
        return lacking(headers, HttpHeaderNames.CONNECTION.toString(), "upgrade")
                .or(() -> lacking(headers, HttpHeaderNames.UPGRADE.toString(), "websocket"))
                .or(() -> headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
                        ? Optional.empty()
                        : bad("'sec-websocket-key' header is absent"));
    }

    private static Optional<Response.Body> lacking(HttpHeaders headers, String name, String word) {
        var values = headers.getAll(name).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(value -> value.trim().toLowerCase(Locale.ROOT))
                .toList();
        if (values.contains(word)) {
            return Optional.empty();
        }
        var got = values.stream().map(value -> "\"" + value + "\"").toList();
        return bad("'" + name + "' header must contain '" + word + "', got " + got);
    }

    private static Optional<Response.Body> bad(String text) {
        return Optional.of((Response.Body) Response.text(400, "text/plain; charset=utf-8", text));
    }

    void upgrade(ChannelHandlerContext context, FullHttpRequest wire, Function<SocketLine, SocketSession> sessions) {
        var channel = context.channel();
        var handshaker =
                new WebSocketServerHandshakerFactory(wire.uri(), null, false, MAX_FRAME_BYTES).newHandshaker(wire);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel);
            return;
        }
        var session = sessions.apply(new Line(channel));
        channel.pipeline().remove(context.handler());
        channel.pipeline()
                .addLast(new WebSocketFrameAggregator(MAX_FRAME_BYTES))
                .addLast(new IdleStateHandler(0, 0, idleMillis, TimeUnit.MILLISECONDS))
                .addLast(new Frames(session));
        open.add(channel);
        handshaker.handshake(channel, wire);
    }

    /** Tells every client to come back later, at once. */
    void closeAll() {
        metrics.socketsDrained(open.size());
        open.writeAndFlush(new CloseWebSocketFrame(SERVICE_RESTART, "")).awaitUninterruptibly(1_000);
        open.close();
    }

    private static void close(Channel channel, int code) {
        channel.writeAndFlush(new CloseWebSocketFrame(code, ""));
        // A client that does not answer the close must not hold the connection.
        channel.eventLoop().schedule(() -> channel.close(), 1, TimeUnit.SECONDS);
    }

    private record Line(Channel channel) implements SocketLine {
        @Override
        public void send(String text) {
            channel.writeAndFlush(new TextWebSocketFrame(text));
        }

        @Override
        public void close(int code) {
            WebSockets.close(channel, code);
        }
    }

    private static final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final SocketSession session;

        Frames(SocketSession session) {
            this.session = session;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame text) {
                session.received(text.text());
            } else if (frame instanceof PingWebSocketFrame ping) {
                context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            } else if (frame instanceof CloseWebSocketFrame close) {
                int code = close.statusCode() > 0 ? close.statusCode() : 1000;
                context.writeAndFlush(new CloseWebSocketFrame(code, "")).addListener(future -> context.close());
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof IdleStateEvent) {
                WebSockets.close(context.channel(), PROTOCOL_ERROR);
            } else {
                super.userEventTriggered(context, event);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            session.closed();
            super.channelInactive(context);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
