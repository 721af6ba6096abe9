package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The two ways a watch travels: JSON lines in a chunked body, or frames of a WebSocket. */
final class Sinks {

    private Sinks() {}

    static boolean wantsWebSocket(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    static Watches.Sink lines(HttpServerResponse response, String contentType) {
        response.setChunked(true).putHeader("Content-Type", contentType);
        response.writeHead();
        return new Lines(response);
    }

    static void webSocket(HttpServerRequest request, Consumer<Watches.Sink> opened) {
        request.toWebSocket().onSuccess(socket -> opened.accept(new Frames(socket)));
    }

    private static final class Lines implements Watches.Sink {
        private final HttpServerResponse response;
        private final List<Runnable> closeActions = new ArrayList<>();

        Lines(HttpServerResponse response) {
            this.response = response;
            response.closeHandler(closed -> closeActions.forEach(Runnable::run));
            response.exceptionHandler(failure -> {});
        }

        @Override
        public void send(ObjectNode event) {
            if (!response.ended() && !response.closed()) {
                response.write(Buffer.buffer(Json.bytes(event)).appendByte((byte) '\n'));
            }
        }

        @Override
        public void end() {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        }

        @Override
        public void onClose(Runnable action) {
            closeActions.add(action);
        }
    }

    private static final class Frames implements Watches.Sink {
        private final ServerWebSocket socket;
        private final List<Runnable> closeActions = new ArrayList<>();

        Frames(ServerWebSocket socket) {
            this.socket = socket;
            socket.closeHandler(closed -> closeActions.forEach(Runnable::run));
            socket.exceptionHandler(failure -> {});
        }

        @Override
        public void send(ObjectNode event) {
            if (!socket.isClosed()) {
                socket.writeTextMessage(Buffer.buffer(Json.bytes(event)).toString());
            }
        }

        @Override
        public void end() {
            if (!socket.isClosed()) {
                socket.close();
            }
        }

        @Override
        public void onClose(Runnable action) {
            closeActions.add(action);
        }
    }
}
