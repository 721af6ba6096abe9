package com.openagents.runbook.replica.cluster.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Takes a request to whoever answers it. */
final class Router {

    private final Access access;
    private final Meta meta;
    private final Reader reader;
    private final Writer writer;
    private final Deleter deleter;
    private final Subresources subresources;
    private final Namespaces namespaces;
    private final AccessReviews reviews;

    Router(
            Access access,
            Meta meta,
            Reader reader,
            Writer writer,
            Deleter deleter,
            Subresources subresources,
            Namespaces namespaces,
            AccessReviews reviews) {
        this.access = access;
        this.meta = meta;
        this.reader = reader;
        this.writer = writer;
        this.deleter = deleter;
        this.subresources = subresources;
        this.namespaces = namespaces;
        this.reviews = reviews;
    }

    /** Answers; every refusal becomes a Status body. */
    void handle(HttpServerRequest request, byte[] body) {
        try {
            answer(request, body);
        } catch (ApiError error) {
            send(request, error);
        } catch (RuntimeException e) {
            send(request, new ApiError(Statuses.failure(500, "InternalError", "Internal error occurred: " + e)));
        }
    }

    private void answer(HttpServerRequest request, byte[] body) {
        var user = access.authenticate(request);
        var watch = "true".equals(request.getParam("watch")) || "1".equals(request.getParam("watch"));
        var info = RequestInfo.parse(request.method().name(), request.path(), watch);
        if (info.isEmpty()) {
            meta.answer(request, user);
            return;
        }
        access.authorize(user, info.get());
        if (!ResourceTypes.serves(info.get().group(), info.get().version())) {
            meta.pathNotFound(request);
            return;
        }
        var type = info.get().type().orElseThrow(Statuses::unknownResource);
        var accept = info.get().subresource().equals("log")
                ? new Accept(Accept.Form.JSON, "")
                : Accept.of(request.getHeader("Accept"));
        dispatch(new Call(request, info.get(), type, user, accept, body));
    }

    private void dispatch(Call call) {
        var info = call.info();
        if (!info.subresource().isEmpty()) {
            subresources.answer(call);
            return;
        }
        if (call.type().verbs().equals(List.of("create"))) {
            requireReview(info);
            reviews.answer(call);
            return;
        }
        if (!isPossible(call)) {
            throw Statuses.methodNotAllowed();
        }
        switch (info.verb()) {
            case "get" -> reader.get(call);
            case "list" -> reader.list(call);
            case "watch" -> reader.watch(call);
            case "create" -> writer.create(call);
            case "update" -> writer.update(call);
            case "patch" -> writer.patch(call);
            case "delete" -> delete(call);
            default -> deleter.deleteCollection(call);
        }
    }

    private static void requireReview(RequestInfo info) {
        if (!info.name().isEmpty()) {
            throw Statuses.unknownResource();
        }
        if (!info.verb().equals("create")) {
            throw Statuses.methodNotAllowed();
        }
    }

    private static boolean isPossible(Call call) {
        var verb = call.info().verb();
        var named = !call.info().name().isEmpty();
        var needsNamespace =
                call.type().namespaced() && !List.of("list", "watch").contains(verb);
        return call.type().verbs().contains(verb)
                && !(verb.equals("create") && named)
                && !(List.of("update", "patch").contains(verb) && !named)
                && !(needsNamespace && call.info().namespace().isEmpty());
    }

    private void delete(Call call) {
        if (call.type() == ResourceTypes.NAMESPACES) {
            namespaces.delete(call, reader.find(call));
        } else {
            deleter.delete(call);
        }
    }

    private static void send(HttpServerRequest request, ApiError error) {
        if (request.response().headWritten()) {
            request.response().reset();
            return;
        }
        request.response()
                .setStatusCode(error.code())
                .putHeader("Content-Type", "application/json")
                .end(io.vertx.core.buffer.Buffer.buffer(Json.bytes(error.status())));
    }
}
