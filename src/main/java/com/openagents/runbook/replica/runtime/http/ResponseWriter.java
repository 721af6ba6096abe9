package com.openagents.runbook.replica.runtime.http;

import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.HttpMetrics;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Puts responses on the wire with the service's headers (contract 3.8 and 17) and writes the second log line. */
final class ResponseWriter {
    private static final String PRIVATE = "max-age=0, private, must-revalidate";

    private final Executor streams;
    private final ActiveRequests active;
    private final HttpMetrics metrics;
    private final Log log;

    ResponseWriter(Executor streams, ActiveRequests active, HttpMetrics metrics, Log log) {
        this.streams = streams;
        this.active = active;
        this.metrics = metrics;
        this.log = log;
    }

    void write(Channel channel, Request request, Response response, boolean keepAlive, long startedAt, Runnable done) {
        metrics.requestAnswered(response.status(), startedAt);
        if (response instanceof Response.Body body) {
            log.info(request.logId(), "Sent " + body.status() + " in " + duration(startedAt));
            writeBody(channel, request, body, keepAlive && !active.draining(), done);
        } else if (response instanceof Response.Stream stream) {
            log.info(request.logId(), "Chunked 200 in " + duration(startedAt));
            writeStreamHead(channel, request);
            try {
                streams.execute(() -> writeStream(channel, request, stream.source(), keepAlive, done));
            } catch (RejectedExecutionException tooMany) {
                log.error(request.logId(), "too many open streams");
                channel.close().addListener(future -> done.run());
            }
        }
    }

    /** An answer instead of an upgrade: without request id, and the connection ends. */
    void refuseSocket(Channel channel, Response.Body body) {
        var wire = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(body.status()), Unpooled.wrappedBuffer(body.bytes()));
        wire.headers()
                .set(HttpHeaderNames.DATE, now())
                .set(HttpHeaderNames.CACHE_CONTROL, PRIVATE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.bytes().length);
        channel.writeAndFlush(wire).addListener(ChannelFutureListener.CLOSE);
    }

    private void writeBody(Channel channel, Request request, Response.Body body, boolean keepAlive, Runnable done) {
        var content = request.method().equals("HEAD") ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body.bytes());
        var wire =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(body.status()), content);
        common(wire.headers(), request);
        wire.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, body.contentType())
                .set(HttpHeaderNames.CACHE_CONTROL, PRIVATE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.bytes().length);
        if (!keepAlive) {
            wire.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        var written = channel.writeAndFlush(wire);
        written.addListener(future -> done.run());
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static void writeStreamHead(Channel channel, Request request) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        common(head.headers(), request);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set("x-accel-buffering", "no")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        channel.writeAndFlush(head);
    }

    private void writeStream(Channel channel, Request request, StreamSource source, boolean keepAlive, Runnable done) {
        try {
            source.writeTo(new NettyChunks(channel));
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(future -> {
                done.run();
                if (!keepAlive || active.draining()) {
                    channel.close();
                }
            });
        } catch (Exception broken) {
            log.error(request.logId(), "** (" + broken.getClass().getSimpleName() + ") " + broken.getMessage());
            channel.close().addListener(future -> done.run());
        }
    }

    private static void common(HttpHeaders headers, Request request) {
        headers.set(HttpHeaderNames.DATE, now())
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
                .set("x-request-id", request.requestId());
    }

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    private static String duration(long startedAt) {
        long nanos = System.nanoTime() - startedAt;
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return millis > 0 ? millis + "ms" : TimeUnit.NANOSECONDS.toMicros(nanos) + "µs";
    }

    private record NettyChunks(Channel channel) implements ChunkWriter {
        @Override
        public boolean write(String chunk) {
            var content = new DefaultHttpContent(Unpooled.copiedBuffer(chunk, StandardCharsets.UTF_8));
            return channel.writeAndFlush(content).awaitUninterruptibly().isSuccess();
        }

        @Override
        public boolean isOpen() {
            return channel.isActive();
        }
    }
}
