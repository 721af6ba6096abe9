package com.openagents.runbook.system.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why no answer came, in words; none of them repeats what was sent. */
public final class Network {
    private Network() {}

    public static String words(Throwable problem, Duration patience) {
        var cause = cause(problem);
        if (cause instanceof TimeoutException
                || cause instanceof HttpTimeoutException
                || cause instanceof InterruptedIOException) {
            return "no answer within " + patience.toMillis() + " ms";
        }
        if (cause instanceof UnknownHostException || has(cause, UnresolvedAddressException.class)) {
            return "the host name is not known";
        }
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        if (cause instanceof SSLException) {
            return "no TLS connection: " + cause.getMessage();
        }
        if (cause instanceof WebSocketHandshakeException) {
            return "the upgrade was not answered as a WebSocket upgrade";
        }
        return cause instanceof IOException ? "the connection broke before an answer" : "it could not be asked";
    }

    /** The failure without the wrapping of futures. */
    public static Throwable cause(Throwable problem) {
        var cause = problem;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean has(Throwable problem, Class<? extends Throwable> kind) {
        for (var cause = problem; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
