package com.openagents.runbook.run;

import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.Hook;
import io.cucumber.messages.types.JavaMethod;
import io.cucumber.messages.types.ParameterType;
import io.cucumber.messages.types.SourceReference;
import io.cucumber.messages.types.StepDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which packages the scenarios of a rehearsal take steps and hooks from. */
final class UsedGlue {
    private UsedGlue() {}

    /** @param messages what Cucumber said during the rehearsal */
    static Set<String> of(List<Envelope> messages) {
        var used = new HashSet<String>();
        messages.forEach(envelope -> envelope.getTestCase()
                .ifPresent(scenario -> scenario.getTestSteps().forEach(step -> {
                    step.getHookId().ifPresent(used::add);
                    step.getStepDefinitionIds().ifPresent(used::addAll);
                })));
        var steps = messages.stream()
                .flatMap(envelope -> envelope.getStepDefinition().stream())
                .filter(step -> used.contains(step.getId()))
                .toList();
        var hooks = messages.stream()
                .flatMap(envelope -> envelope.getHook().stream())
                .filter(hook -> used.contains(hook.getId()));
        var types = messages.stream()
                .flatMap(envelope -> envelope.getParameterType().stream())
                .filter(type -> steps.stream().anyMatch(step -> takes(step, type)));
        var packages = new TreeSet<String>();
        Stream.of(
                        steps.stream().map(StepDefinition::getSourceReference).map(Optional::of),
                        hooks.map(Hook::getSourceReference).map(Optional::of),
                        types.map(ParameterType::getSourceReference))
                .flatMap(sources -> sources)
                .flatMap(Optional::stream)
                .map(SourceReference::getJavaMethod)
                .flatMap(Optional::stream)
                .map(UsedGlue::packageName)
                .forEach(packages::add);
        return packages;
    }

    private static boolean takes(StepDefinition step, ParameterType type) {
        var expression = step.getPattern().getSource();
        return expression.contains("{" + type.getName() + "}");
    }

    private static String packageName(JavaMethod method) {
        var type = method.getClassName();
        return type.substring(0, type.lastIndexOf('.'));
    }
}
