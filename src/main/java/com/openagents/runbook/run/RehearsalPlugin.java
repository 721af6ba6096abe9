package com.openagents.runbook.run;

import io.cucumber.messages.types.Envelope;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands every message of Cucumber to the rehearsal under way that it is named after. */
public final class RehearsalPlugin implements ConcurrentEventListener {
    /** Cucumber makes its plug-ins itself and hands them no more than a word: by that they find whom they belong to. */
    private static final Map<String, Queue<Envelope>> UNDER_WAY = new ConcurrentHashMap<>();

    private final Queue<Envelope> messages;

    public RehearsalPlugin(String rehearsal) {
        this.messages = UNDER_WAY.get(rehearsal);
    }

    static Messages messages() {
        var messages = new Messages(UUID.randomUUID().toString(), new ConcurrentLinkedQueue<>());
        UNDER_WAY.put(messages.rehearsal, messages.queue);
        return messages;
    }

    @Override
    public void setEventPublisher(EventPublisher publisher) {
        publisher.registerHandlerFor(Envelope.class, messages::add);
    }

    /** What one rehearsal said. */
    record Messages(String rehearsal, Queue<Envelope> queue) implements AutoCloseable {
        /** The plug-in that brings them, as Cucumber's configuration names it. */
        String plugin() {
            return RehearsalPlugin.class.getName() + ":" + rehearsal;
        }

        List<Envelope> all() {
            return List.copyOf(queue);
        }

        @Override
        public void close() {
            UNDER_WAY.remove(rehearsal);
        }
    }
}
