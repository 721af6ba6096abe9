package com.openagents.runbook.replica.runtime.http;

import com.openagents.runbook.replica.runtime.logging.Log;
import com.openagents.runbook.replica.runtime.telemetry.HttpMetrics;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Takes a request through log line, body parser, router, gate and handler, as the service orders them (contract 3.1). */
public final class Dispatcher {
    private final List<Route> routes;
    private final Gate gate;
    private final Executor workers;
    private final HttpMetrics metrics;
    private final Log log;

    public Dispatcher(List<Route> routes, Gate gate, Executor workers, HttpMetrics metrics, Log log) {
        this.routes = List.copyOf(routes);
        this.gate = gate;
        this.workers = workers;
        this.metrics = metrics;
        this.log = log;
    }

    /** @param answer is called once, on the calling thread or on a worker */
    void dispatch(FullHttpRequest wire, Request head, Consumer<Response> answer) {
        metrics.requestStarted();
        log.info(head.logId(), head.method() + " " + head.path());
        Map<String, Object> body;
        try {
            body = RequestReader.body(wire);
        } catch (IOException malformed) {
            answer.accept(Response.frameworkError(400, "Bad Request"));
            return;
        }
        route(head, body, answer);
    }

    private void route(Request head, Map<String, Object> body, Consumer<Response> answer) {
        var segments = RequestReader.segments(head.path());
        var method = head.method().equals("HEAD") ? "GET" : head.method();
        for (var route : routes) {
            var params = route.match(method, segments);
            if (params.isPresent()) {
                judge(route, head.with(body, params.get()), answer);
                return;
            }
        }
        answer.accept(Response.frameworkError(404, "Not Found"));
    }

    private void judge(Route route, Request request, Consumer<Response> answer) {
        var refusal = gate.refuse(route.pipeline(), request);
        if (refusal.isPresent()) {
            answer.accept(refusal.get());
        } else if (route.pipeline() == Route.Pipeline.PROBE) {
            answer.accept(run(route, request));
        } else {
            workers.execute(() -> answer.accept(run(route, request)));
        }
    }

    private Response run(Route route, Request request) {
        long startedAt = System.nanoTime();
        try {
            var response = route.handler().handle(request);
            metrics.dispatched(route.pattern(), startedAt, false);
            return response;
        } catch (HttpError error) {
            metrics.dispatched(route.pattern(), startedAt, false);
            return error.response();
        } catch (Exception crash) {
            metrics.dispatched(route.pattern(), startedAt, true);
            log.error(request.logId(), "** (" + crash.getClass().getSimpleName() + ") " + crash.getMessage());
            return Response.frameworkError(500, "Internal Server Error");
        }
    }
}
