package com.openagents.runbook.replica.runtime.http;

import java.util.function.Function;

/** A path that may be upgraded to a WebSocket. */
public interface SocketEndpoint {
    String path();

    /** Judges the request before its upgrade is looked at (contract 5.1). */
    Decision judge(Request request);

    /** Either a refusal or what makes the session once the upgrade is done. */
    sealed interface Decision {
        record Refused(Response.Body response) implements Decision {}

        record Accepted(Function<SocketLine, SocketSession> session) implements Decision {}
    }

    /** The way back to the client. */
    interface SocketLine {
        void send(String text);

        void close(int code);
    }

    /** One open socket. The methods are called one after the other and must not block. */
    interface SocketSession {
        void received(String text);

        void closed();
    }
}
