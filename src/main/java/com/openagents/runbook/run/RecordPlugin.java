package com.openagents.runbook.run;

import com.openagents.runbook.evidence.FindingError;
import io.cucumber.messages.types.Envelope;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.EventPublisher;
import io.cucumber.plugin.event.TestStepFinished;

/** Hands every message of Cucumber to the record of the run under way, and each finding to what looks after it. Named in the engine's configuration. */
public final class RecordPlugin implements ConcurrentEventListener {
    @Override
    public void setEventPublisher(EventPublisher publisher) {
        var run = CurrentRun.get();
        publisher.registerHandlerFor(Envelope.class, run.record()::write);
        publisher.registerHandlerFor(TestStepFinished.class, step -> {
            if (step.getResult().getError() instanceof FindingError finding) {
                run.context().afterFinding().found(step.getTestCase().getId().toString(), finding);
            }
        });
    }
}
