package com.openagents.runbook.run;

import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.JavaMethod;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.StepDefinition;
import io.cucumber.messages.types.TestCase;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of the selected scenarios before they run.
 *
 * @param needed what their steps need, as they declare by {@link Needs}
 * @param scenarios how many they are
 * @param drills how many of them change something
 * @param glue the packages of their steps, of the parameter types in these, and of their hooks
 */
record Rehearsal(Needed needed, long scenarios, long drills, Set<String> glue) {
    private static final String DRILL = "@drill";

    /** @param messages what Cucumber said during a rehearsal, in its order */
    static Rehearsal of(List<Envelope> messages) {
        var methods = new HashMap<String, JavaMethod>();
        var pickles = new HashMap<String, Pickle>();
        var systems = EnumSet.noneOf(SystemName.class);
        var rights = new HashMap<String, Set<Right>>();
        boolean traffic = false;
        long scenarios = 0;
        long drills = 0;
        for (var envelope : messages) {
            envelope.getStepDefinition()
                    .ifPresent(step -> method(step).ifPresent(method -> methods.put(step.getId(), method)));
            envelope.getPickle().ifPresent(pickle -> pickles.put(pickle.getId(), pickle));
            var scenario = envelope.getTestCase();
            if (scenario.isPresent()) {
                var pickle = pickles.get(scenario.get().getPickleId());
                scenarios++;
                drills += isDrill(pickle) ? 1 : 0;
                var declared = declared(scenario.get(), methods);
                declared.forEach(needs -> systems.addAll(List.of(needs.value())));
                traffic |= declared.stream().anyMatch(Needs::traffic);
                declared.forEach(needs -> rights.computeIfAbsent(pickle.getName(), none -> EnumSet.noneOf(Right.class))
                        .addAll(List.of(needs.rights())));
            }
        }
        return new Rehearsal(
                new Needed(systems, traffic, rights, false, drills == 0), scenarios, drills, UsedGlue.of(messages));
    }

    private static boolean isDrill(Pickle pickle) {
        return pickle.getTags().stream().anyMatch(tag -> tag.getName().equals(DRILL));
    }

    private static List<Needs> declared(TestCase scenario, Map<String, JavaMethod> methods) {
        return scenario.getTestSteps().stream()
                .flatMap(step -> step.getStepDefinitionIds().stream())
                .flatMap(List::stream)
                .map(methods::get)
                .flatMap(Rehearsal::declared)
                .toList();
    }

    private static Optional<JavaMethod> method(StepDefinition step) {
        return step.getSourceReference().getJavaMethod();
    }

    private static Stream<Needs> declared(JavaMethod step) {
        if (step == null) {
            return Stream.empty();
        }
        try {
            var type = Class.forName(step.getClassName());
            return Stream.concat(
                            Stream.of(type),
                            Arrays.stream(type.getDeclaredMethods())
                                    .filter(method -> method.getName().equals(step.getMethodName())))
                    .map(element -> element.getAnnotation(Needs.class))
                    .filter(needs -> needs != null);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a step that Cucumber found is gone: " + step.getClassName(), e);
        }
    }
}
