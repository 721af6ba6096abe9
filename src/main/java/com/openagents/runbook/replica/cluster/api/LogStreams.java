package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;

/** Logs of containers, passed on from whoever keeps them. */
final class LogStreams {

    private final Vertx vertx;
    private final PodLogs logs;
    private final Clock clock;

    LogStreams(Vertx vertx, PodLogs logs, Clock clock) {
        this.vertx = vertx;
        this.logs = logs;
        this.clock = clock;
    }

    void send(Call call, ObjectNode pod) {
        var container = container(call, pod);
        var request = request(call, pod, container);
        if (Json.text(pod, "spec.nodeName").isEmpty()) {
            call.request().response().setStatusCode(204).end();
            return;
        }
        var response = call.request().response();
        var sink = new Stream(vertx.getOrCreateContext(), response);
        try {
            var stop = logs.read(request, sink);
            response.closeHandler(closed -> stop.run());
        } catch (PodLogs.NoSuchLog absent) {
            throw Statuses.badRequest(absent.getMessage());
        }
        if (request.follow()) {
            sink.write(new byte[0]);
        }
    }

    private static String container(Call call, ObjectNode pod) {
        var names = new ArrayList<String>();
        var initial = new ArrayList<String>();
        Json.at(pod, "spec.containers").forEach(one -> names.add(Json.text(one, "name")));
        Json.at(pod, "spec.initContainers").forEach(one -> initial.add(Json.text(one, "name")));
        var asked = call.param("container");
        if (!asked.isEmpty()) {
            if (!names.contains(asked) && !initial.contains(asked)) {
                throw Statuses.badRequest("container %s is not valid for pod %s".formatted(asked, Json.name(pod)));
            }
            return asked;
        }
        if (names.size() > 1) {
            throw Statuses.badRequest("a container name must be specified for pod %s, choose one of: [%s]"
                    .formatted(Json.name(pod), String.join(" ", names)));
        }
        return names.get(0);
    }

    private PodLogRequest request(Call call, ObjectNode pod, String container) {
        var causes = new Causes();
        var tail = number(call, "tailLines", 0, "must be greater than or equal to 0", causes);
        var seconds = number(call, "sinceSeconds", 1, "must be greater than 0", causes);
        var limit = number(call, "limitBytes", 1, "must be greater than 0", causes);
        var time = call.param("sinceTime");
        if (seconds.isPresent() && !time.isEmpty()) {
            causes.forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified");
        }
        causes.throwIfAny("", "PodLogOptions", Json.name(pod));
        Optional<Instant> since =
                seconds.isPresent() ? Optional.of(clock.instant().minusSeconds(seconds.getAsLong())) : instant(time);
        return new PodLogRequest(
                Json.namespace(pod),
                Json.name(pod),
                container,
                call.flag("previous"),
                since,
                tail,
                limit,
                call.flag("follow"),
                call.flag("timestamps"));
    }

    private static Optional<Instant> instant(String time) {
        try {
            return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
        } catch (DateTimeParseException e) {
            throw Statuses.badRequest("parsing time \"%s\": it is not of RFC 3339".formatted(time));
        }
    }

    private static OptionalLong number(Call call, String name, long least, String why, Causes causes) {
        var text = call.param(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            var number = Long.parseLong(text);
            if (number < least) {
                causes.invalid(name, number, why);
            }
            return OptionalLong.of(number);
        } catch (NumberFormatException e) {
            throw Statuses.badRequest("strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text));
        }
    }

    /** Brings lines from any thread to the event loop. */
    private static final class Stream implements PodLogs.Sink {
        private final Context context;
        private final HttpServerResponse response;

        Stream(Context context, HttpServerResponse response) {
            this.context = context;
            this.response = response;
            response.setChunked(true).putHeader("Content-Type", "text/plain");
            response.exceptionHandler(failure -> {});
        }

        @Override
        public void write(byte[] bytes) {
            onLoop(() -> response.write(Buffer.buffer(bytes)));
        }

        @Override
        public void end() {
            onLoop(response::end);
        }

        private void onLoop(Runnable action) {
            context.runOnContext(now -> {
                if (!response.ended() && !response.closed()) {
                    action.run();
                }
            });
        }
    }
}
