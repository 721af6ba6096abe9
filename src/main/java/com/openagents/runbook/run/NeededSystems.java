package com.openagents.runbook.run;

import com.openagents.runbook.system.Needed;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.Right;
import com.openagents.runbook.system.SystemName;
import io.cucumber.messages.ndjson.Deserializer;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.JavaMethod;
import io.cucumber.messages.types.StepDefinition;
import io.cucumber.messages.types.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the steps of a rehearsal need, as they declare by {@link Needs}. */
final class NeededSystems {
    private NeededSystems() {}

    /** @param messages the messages of a rehearsal, one a line */
    static Needed in(Path messages) throws IOException {
        var methods = new HashMap<String, JavaMethod>();
        var names = new HashMap<String, String>();
        var systems = EnumSet.noneOf(SystemName.class);
        var rights = new HashMap<String, Set<Right>>();
        boolean traffic = false;
        var reader = new Deserializer();
        try (var lines = Files.lines(messages)) {
            for (var line : lines.toList()) {
                Envelope envelope = reader.readValue(line);
                envelope.getStepDefinition()
                        .ifPresent(step -> method(step).ifPresent(method -> methods.put(step.getId(), method)));
                envelope.getPickle().ifPresent(pickle -> names.put(pickle.getId(), pickle.getName()));
                var scenario = envelope.getTestCase();
                if (scenario.isPresent()) {
                    var declared = declared(scenario.get(), methods);
                    declared.forEach(needs -> systems.addAll(List.of(needs.value())));
                    traffic |= declared.stream().anyMatch(Needs::traffic);
                    declared.forEach(needs -> rights.computeIfAbsent(
                                    names.get(scenario.get().getPickleId()), none -> EnumSet.noneOf(Right.class))
                            .addAll(List.of(needs.rights())));
                }
            }
        }
        return new Needed(systems, traffic, rights, false);
    }

    private static List<Needs> declared(TestCase scenario, Map<String, JavaMethod> methods) {
        return scenario.getTestSteps().stream()
                .flatMap(step -> step.getStepDefinitionIds().stream())
                .flatMap(List::stream)
                .map(methods::get)
                .flatMap(NeededSystems::declared)
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
