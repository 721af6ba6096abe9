package com.openagents.runbook.run;

import com.openagents.runbook.evidence.ScenarioEvidence;
import com.openagents.runbook.system.AskedSystems;
import com.openagents.runbook.system.Systems;
import io.cucumber.core.backend.ObjectFactory;
import java.util.LinkedHashSet;
import java.util.Set;
import org.picocontainer.MutablePicoContainer;
import org.picocontainer.PicoBuilder;

/**
 * Makes the step classes of each scenario anew, with the systems of the environment, the expectations and the evidence
 * of that scenario as constructor arguments. Cucumber finds it as a service.
 */
public final class StepFactory implements ObjectFactory {
    private final Set<Class<?>> stepClasses = new LinkedHashSet<>();
    private MutablePicoContainer scenario;

    @Override
    public boolean addClass(Class<?> stepClass) {
        return stepClasses.add(stepClass);
    }

    @Override
    public void start() {
        if (!CurrentRun.isUnderWay()) {
            // A rehearsal: no step will be asked for.
            return;
        }
        var run = CurrentRun.get();
        var evidence = new ScenarioEvidence(run.redactor());
        scenario = new PicoBuilder().withCaching().build();
        scenario.addComponent(evidence);
        var context = run.context();
        var systems = new AskedSystems(context.systems(evidence));
        scenario.addComponent(Systems.class, systems);
        scenario.addComponent(systems);
        scenario.addComponent(context.afterFinding());
        scenario.addComponent(context.drill(evidence));
        scenario.addComponent(context.preflight());
        context.expectations().forEach(scenario::addComponent);
        stepClasses.forEach(scenario::addComponent);
    }

    @Override
    public <T> T getInstance(Class<T> type) {
        CurrentRun.get();
        return scenario.getComponent(type);
    }

    @Override
    public void stop() {
        // Cucumber stops what it could not start, too.
        if (scenario != null) {
            scenario.dispose();
            scenario = null;
        }
    }
}
