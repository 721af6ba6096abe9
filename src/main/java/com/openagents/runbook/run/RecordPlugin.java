package com.openagents.runbook.run;

import io.cucumber.messages.types.Envelope;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;

/** Hands every message of Cucumber to the record of the run under way. Named in the engine's configuration. */
public final class RecordPlugin implements ConcurrentEventListener {
    @Override
    public void setEventPublisher(EventPublisher publisher) {
        var record = CurrentRun.get().record();
        publisher.registerHandlerFor(Envelope.class, record::write);
    }
}
