package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Get, list and watch. */
final class Reader {

    private static final String CONTINUE_EXPIRED = "The provided continue parameter is too old to display a consistent"
            + " list result. You can start a new list without the continue parameter, or use the continue token in this"
            + " response to retrieve the remainder of the results. Continuing with the provided token results in an"
            + " inconsistent list - objects that were created, modified, or deleted between the time the first chunk was"
            + " returned and now may show up in the list.";

    private final Store store;
    private final Watches watches;
    private final Shapes shapes;

    Reader(Store store, Watches watches, Shapes shapes) {
        this.store = store;
        this.watches = watches;
        this.shapes = shapes;
    }

    /** The stored object the call names, or a 404. */
    ObjectNode find(Call call) {
        var found = store.get(
                ResourceTypes.storedAs(call.type()),
                call.info().namespace(),
                call.info().name());
        if (found == null) {
            throw Statuses.notFound(call.type(), call.info().name());
        }
        return found;
    }

    void get(Call call) {
        call.reply(200, shapes.one(call, find(call)));
    }

    void list(Call call) {
        var selection = Selection.of(call);
        var limit = number(call, "limit");
        var token = Token.of(call.param("continue"));
        if (token != null && !call.param("resourceVersion").isEmpty()) {
            throw Statuses.badRequest("specifying resource version is not allowed when using continue");
        }
        var version = token == null ? listVersion(call) : token.version();
        if (!store.remembers(version)) {
            throw token == null
                    ? Statuses.expired("The resourceVersion for the provided list is too old.")
                    : expired(token);
        }
        var objects = (version == store.version()
                        ? store.list(selection.type(), selection.namespace())
                        : store.listAt(selection.type(), selection.namespace(), version))
                .stream()
                        .filter(object ->
                                token == null || position(call, object).compareTo(token.start()) >= 0)
                        .filter(selection::selects)
                        .toList();
        var meta = Json.object().put("resourceVersion", Long.toString(version));
        var page = limit > 0 && objects.size() > limit ? objects.subList(0, (int) limit) : objects;
        if (page.size() < objects.size()) {
            var next = position(call, page.get(page.size() - 1)) + "\0";
            meta.put("continue", new Token(version, next).text());
            if (call.param("labelSelector").isEmpty()
                    && call.param("fieldSelector").isEmpty()) {
                meta.put("remainingItemCount", objects.size() - page.size());
            }
        }
        call.reply(200, shapes.list(call, page, meta));
    }

    private static String position(Call call, ObjectNode object) {
        return call.type().namespaced() && call.info().namespace().isEmpty()
                ? Json.namespace(object) + "/" + Json.name(object)
                : Json.name(object);
    }

    /** The version a list is to show: the present one unless an exact older one is asked for. */
    private long listVersion(Call call) {
        var asked = number(call, "resourceVersion");
        var match = call.param("resourceVersionMatch");
        if (!match.isEmpty() && call.param("resourceVersion").isEmpty()) {
            var causes = new Causes();
            causes.forbidden(
                    "resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
            throw causes.refusal("meta.k8s.io", "ListOptions", "");
        }
        requireReached(asked);
        return match.equals("Exact") ? asked : store.version();
    }

    private void requireReached(long asked) {
        if (asked > store.version()) {
            var status = Statuses.failure(
                    504, "Timeout", "Too large resource version: %d, current: %d".formatted(asked, store.version()));
            var details = status.putObject("details");
            details.putArray("causes")
                    .addObject()
                    .put("reason", "ResourceVersionTooLarge")
                    .put("message", "Too large resource version");
            details.put("retryAfterSeconds", 1);
            throw new ApiError(status);
        }
    }

    private ApiError expired(Token token) {
        var status = Statuses.failure(410, "Expired", CONTINUE_EXPIRED);
        ((ObjectNode) status.get("metadata")).put("continue", new Token(store.version(), token.start()).text());
        return new ApiError(status);
    }

    void watch(Call call) {
        var selection = Selection.of(call);
        var options = watchOptions(call);
        if (Sinks.wantsWebSocket(call.request())) {
            Sinks.webSocket(call.request(), sink -> watches.start(selection, options, sink, shapes.watch(call)));
        } else {
            var sink = Sinks.lines(call.request().response(), "application/json");
            watches.start(selection, options, sink, shapes.watch(call));
        }
    }

    private Watches.Options watchOptions(Call call) {
        var version = call.param("resourceVersion");
        number(call, "resourceVersion");
        var initialEvents = call.param("sendInitialEvents");
        requireValidMatch(initialEvents, call.param("resourceVersionMatch"));
        var seconds = number(call, "timeoutSeconds");
        var millis = seconds > 0 ? seconds * 1000 : ThreadLocalRandom.current().nextLong(1_800_000, 3_600_000);
        return new Watches.Options(version, call.flag("allowWatchBookmarks"), initialEvents.equals("true"), millis);
    }

    private static void requireValidMatch(String initialEvents, String match) {
        var causes = new Causes();
        if (!match.isEmpty() && initialEvents.isEmpty()) {
            causes.forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }
        if (!initialEvents.isEmpty() && match.isEmpty()) {
            causes.forbidden(
                    "resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (!match.isEmpty() && !match.equals("NotOlderThan")) {
            causes.notSupported("resourceVersionMatch", match, List.of("NotOlderThan"));
        }
        causes.throwIfAny("meta.k8s.io", "ListOptions", "");
    }

    private static long number(Call call, String name) {
        var text = call.param(name);
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            if (!name.equals("resourceVersion")) {
                throw Statuses.badRequest("strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text));
            }
            var why = "resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
                    .formatted(text, text);
            throw call.info().verb().equals("watch")
                    ? new ApiError(Statuses.failure(500, "", why))
                    : Statuses.badRequest("invalid resource version: " + why);
        }
    }

    /** Where the next page of a list begins, as the opaque text of the parameter {@code continue}. */
    private record Token(long version, String start) {

        static Token of(String text) {
            if (text.isEmpty()) {
                return null;
            }
            try {
                var node = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
                return new Token(node.path("rv").asLong(), node.path("start").asText());
            } catch (IOException | IllegalArgumentException e) {
                throw Statuses.badRequest("invalid continue token: continue key is not valid");
            }
        }

        String text() {
            var node =
                    Json.object().put("v", "meta.k8s.io/v1").put("rv", version).put("start", start);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
