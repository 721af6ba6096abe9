package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The open watches. */
final class Watches {

    /** Where the events of one watch go. */
    interface Sink {
        void send(ObjectNode event);

        void end();

        void onClose(Runnable action);
    }

    /** @param bookmarks whether the caller wants to hear of progress when nothing changes */
    record Options(String resourceVersion, boolean bookmarks, boolean initialEvents, long timeoutMillis) {}

    private final class Watch {
        final Selection selection;
        final Sink sink;
        final UnaryOperator<ObjectNode> shape;
        final boolean bookmarks;

        Watch(Selection selection, Sink sink, UnaryOperator<ObjectNode> shape, boolean bookmarks) {
            this.selection = selection;
            this.sink = sink;
            this.shape = shape;
            this.bookmarks = bookmarks;
        }

        void hear(Change change) {
            if (!change.type().equals(selection.type())) {
                return;
            }
            var was = selection.selects(change.before());
            var is = selection.selects(change.after());
            if (is) {
                send(was ? "MODIFIED" : "ADDED", change.last());
            } else if (was) {
                send("DELETED", change.after() == null ? change.last() : leaving(change));
            }
        }

        /** An object that leaves the selection is shown as it was, with the version that made it leave. */
        private ObjectNode leaving(Change change) {
            var last = change.before().deepCopy();
            Json.meta(last).put("resourceVersion", Long.toString(change.version()));
            return last;
        }

        void send(String kind, ObjectNode object) {
            var event = Json.object().put("type", kind);
            event.set("object", shape.apply(object));
            sink.send(event);
        }

        void bookmark(boolean endOfInitialEvents) {
            var mark = Json.object()
                    .put("kind", selection.type().kind())
                    .put("apiVersion", selection.type().apiVersion());
            var meta = mark.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
            meta.putNull("creationTimestamp");
            if (endOfInitialEvents) {
                meta.putObject("annotations").put("k8s.io/initial-events-end", "true");
            }
            var event = Json.object().put("type", "BOOKMARK");
            event.set("object", shape.apply(mark));
            sink.send(event);
        }
    }

    private final Vertx vertx;
    private final Store store;
    private final Set<Watch> open = new LinkedHashSet<>();

    Watches(Vertx vertx, Store store, long bookmarkMillis) {
        this.vertx = vertx;
        this.store = store;
        store.onChange(change -> List.copyOf(open).forEach(watch -> watch.hear(change)));
        vertx.setPeriodic(
                bookmarkMillis,
                tick -> open.stream().filter(watch -> watch.bookmarks).forEach(w -> w.bookmark(false)));
    }

    /** Starts a watch. {@code shape} turns a stored object into what the caller asked to see. */
    void start(Selection selection, Options options, Sink sink, UnaryOperator<ObjectNode> shape) {
        var watch = new Watch(selection, sink, shape, options.bookmarks());
        var from = options.resourceVersion();
        if (from.isEmpty() || from.equals("0") || options.initialEvents()) {
            store.list(selection.type(), selection.namespace()).stream()
                    .filter(selection::selects)
                    .forEach(object -> watch.send("ADDED", object));
            if (options.initialEvents()) {
                watch.bookmark(true);
            }
        } else if (store.remembers(Long.parseLong(from))) {
            store.since(Long.parseLong(from)).forEach(watch::hear);
        } else {
            tooOld(sink, from);
            return;
        }
        open.add(watch);
        sink.onClose(() -> open.remove(watch));
        endAfter(watch, options.timeoutMillis());
    }

    private void tooOld(Sink sink, String from) {
        var event = Json.object().put("type", "ERROR");
        event.set(
                "object",
                Statuses.failure(410, "Expired", "too old resource version: %s (%d)".formatted(from, store.version())));
        sink.send(event);
        sink.end();
    }

    private void endAfter(Watch watch, long millis) {
        var timer = vertx.setTimer(millis, expired -> {
            if (open.remove(watch)) {
                if (watch.bookmarks) {
                    watch.bookmark(false);
                }
                watch.sink.end();
            }
        });
        watch.sink.onClose(() -> vertx.cancelTimer(timer));
    }

    void closeAll() {
        List.copyOf(open).forEach(watch -> watch.sink.end());
        open.clear();
    }
}
