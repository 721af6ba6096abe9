package com.openagents.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cucumber.junit.platform.engine.CucumberTestEngine;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.JavaMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class UsedGlueTest {
    private static final Set<String> ALL = Set.of("com.openagents.runbook.steps");

    static List<Path> features() throws IOException {
        try (var files = Files.walk(Path.of("features"))) {
            return files.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("features")
    void scenarios_take_the_same_steps_from_the_packages_that_they_need(Path feature) {
        var rehearsed = rehearse(feature, ALL);

        var glue = UsedGlue.of(rehearsed);

        assertThat(steps(rehearse(feature, glue))).isNotEmpty().isEqualTo(steps(rehearsed));
        assertThat(glue).contains("com.openagents.runbook.steps.scenario").doesNotContainAnyElementsOf(ALL);
    }

    @ParameterizedTest
    @MethodSource("features")
    void no_package_is_there_that_they_do_not_need(Path feature) {
        var rehearsed = rehearse(feature, ALL);

        UsedGlue.of(rehearsed)
                .forEach(part -> assertThat(steps(rehearse(feature, without(part, UsedGlue.of(rehearsed)))))
                        .as(part)
                        .isNotEqualTo(steps(rehearsed)));
    }

    private static Set<String> without(String part, Set<String> glue) {
        var rest = new TreeSet<>(glue);
        rest.remove(part);
        return rest;
    }

    /** The methods of each step and hook of each scenario, in their order. */
    private static List<List<String>> steps(List<Envelope> messages) {
        var methods = new HashMap<String, String>();
        messages.forEach(envelope -> {
            envelope.getStepDefinition()
                    .ifPresent(step -> step.getSourceReference()
                            .getJavaMethod()
                            .ifPresent(method -> methods.put(step.getId(), name(method))));
            envelope.getHook()
                    .ifPresent(hook -> hook.getSourceReference()
                            .getJavaMethod()
                            .ifPresent(method -> methods.put(hook.getId(), name(method))));
        });
        return messages.stream()
                .flatMap(envelope -> envelope.getTestCase().stream())
                .map(scenario -> scenario.getTestSteps().stream()
                        .flatMap(step -> Stream.concat(
                                step.getHookId().stream(),
                                step.getStepDefinitionIds().stream().flatMap(List::stream)))
                        .map(methods::get)
                        .toList())
                .toList();
    }

    private static String name(JavaMethod method) {
        return method.getClassName() + "." + method.getMethodName();
    }

    private static List<Envelope> rehearse(Path feature, Set<String> glue) {
        var launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new CucumberTestEngine())
                .build());
        try (var messages = RehearsalPlugin.messages()) {
            launcher.execute(LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectFile(feature.toFile()))
                    .configurationParameter("cucumber.glue", String.join(",", glue))
                    .configurationParameter("cucumber.execution.dry-run", "true")
                    .configurationParameter("cucumber.plugin", messages.plugin())
                    .configurationParameter("cucumber.publish.quiet", "true")
                    .build());
            return messages.all();
        }
    }
}
