package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.json.Json;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Passes on which topic has new rows to the channels of this pod. */
public final class Hub {
    private final Set<Consumer<String>> channels = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> notifications = new ConcurrentHashMap<>();
    private final String node;
    private final boolean ownNodeOnly;

    /** @param ownNodeOnly whether events of other pods are not pushed, as without a cluster (contract 5.3) */
    public Hub(String node, boolean ownNodeOnly) {
        this.node = node;
        this.ownNodeOnly = ownNodeOnly;
    }

    /** @param payload what a pod has put into the notification: topic and node */
    public void notified(String payload) {
        var event = Json.readObject(payload);
        if (!ownNodeOnly || node.equals(event.get("node"))) {
            var topic = String.valueOf(event.get("topic"));
            // Before any channel looks, so that none is content with what was read earlier.
            notifications.merge(topic, 1L, Long::sum);
            channels.forEach(channel -> channel.accept(topic));
        }
    }

    /** How many notifications of a topic have come. */
    long notifications(String topic) {
        return notifications.getOrDefault(topic, 0L);
    }

    void add(Consumer<String> channel) {
        channels.add(channel);
    }

    void remove(Consumer<String> channel) {
        channels.remove(channel);
    }
}
