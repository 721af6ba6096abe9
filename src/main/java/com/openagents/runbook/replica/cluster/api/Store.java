package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All objects, and the most recent changes to them. Used from the event loop only. A stored object is never changed in
 * place: whoever wants to change one works on a copy.
 */
final class Store {

    private final Map<ResourceType, NavigableMap<String, ObjectNode>> objects = new HashMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private final int historyLimit;
    private long version;
    private long forgottenUpTo;

    Store(int historyLimit, long firstVersion) {
        this.historyLimit = historyLimit;
        this.version = firstVersion;
        this.forgottenUpTo = firstVersion;
    }

    long version() {
        return version;
    }

    void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** The object, or null. */
    ObjectNode get(ResourceType type, String namespace, String name) {
        return of(type).get(key(type, namespace, name));
    }

    /** All objects of a kind in the order of their keys; the empty namespace means all namespaces. */
    Collection<ObjectNode> list(ResourceType type, String namespace) {
        return within(of(type), namespace).values();
    }

    /** The objects of a kind as they were at a version. */
    Collection<ObjectNode> listAt(ResourceType type, String namespace, long at) {
        var then = new TreeMap<>(of(type));
        var newestFirst = history.descendingIterator();
        while (newestFirst.hasNext()) {
            var change = newestFirst.next();
            if (change.version() <= at) {
                break;
            }
            if (change.type().equals(type)) {
                var key = key(type, Json.namespace(change.last()), Json.name(change.last()));
                if (change.before() == null) {
                    then.remove(key);
                } else {
                    then.put(key, change.before());
                }
            }
        }
        return within(then, namespace).values();
    }

    /** Whether the changes after a version are still known. */
    boolean remembers(long since) {
        return since >= forgottenUpTo;
    }

    List<Change> since(long since) {
        return history.stream().filter(change -> change.version() > since).toList();
    }

    /** Stores the object under a new version, which it also gets written into. */
    ObjectNode put(ResourceType type, ObjectNode object) {
        var stored = stamped(object);
        var before = of(type).put(key(type, Json.namespace(stored), Json.name(stored)), stored);
        publish(new Change(version, type, before, stored, stored));
        return stored;
    }

    ObjectNode remove(ResourceType type, ObjectNode object) {
        var before = of(type).remove(key(type, Json.namespace(object), Json.name(object)));
        if (before == null) {
            return object;
        }
        var last = stamped(object);
        publish(new Change(version, type, before, null, last));
        return last;
    }

    private ObjectNode stamped(ObjectNode object) {
        var copy = object.deepCopy();
        version++;
        Json.meta(copy).put("resourceVersion", Long.toString(version));
        return copy;
    }

    private void publish(Change change) {
        history.addLast(change);
        while (history.size() > historyLimit) {
            forgottenUpTo = history.removeFirst().version();
        }
        List.copyOf(listeners).forEach(listener -> listener.accept(change));
    }

    private NavigableMap<String, ObjectNode> of(ResourceType type) {
        return objects.computeIfAbsent(type, unused -> new TreeMap<>());
    }

    private static NavigableMap<String, ObjectNode> within(NavigableMap<String, ObjectNode> all, String namespace) {
        return namespace.isEmpty() ? all : all.subMap(namespace + "/", true, namespace + "0", false);
    }

    private static String key(ResourceType type, String namespace, String name) {
        return type.namespaced() ? namespace + "/" + name : name;
    }
}
