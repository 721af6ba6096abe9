package com.openagents.runbook.run;

import com.openagents.runbook.system.Needed;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Cucumber on the JUnit Platform, set up for the runbook. */
public final class Engine {
    /** The resource that sets Cucumber up, for this engine and for Maven's. */
    public static final String CONFIGURATION = "com/openagents/runbook/engine.properties";

    private final Launcher launcher =
            LauncherFactory.create(LauncherConfig.builder().build());
    private final Path features;
    private final Selection selection;
    private TestPlan discovered;
    private Needed needed;

    /** The scenarios in a folder of feature files that are selected. */
    public Engine(Path features, Selection selection) {
        this.features = features;
        this.selection = selection;
    }

    /**
     * Whether the text is a tag expression.
     *
     * @throws IllegalArgumentException if it is not, saying why
     */
    public static void checkTags(String tags) {
        try {
            TagExpressionParser.parse(tags);
        } catch (TagExpressionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public Selection selection() {
        return selection;
    }

    /** To find the scenarios takes as long as to run a few of them. */
    private TestPlan plan() {
        if (discovered == null) {
            discovered = launcher.discover(request().build());
        }
        return discovered;
    }

    /** How many scenarios are selected; nothing is run or opened. */
    public long count() {
        return plan().countTestIdentifiers(TestIdentifier::isTest);
    }

    /** Whether one of the selected scenarios changes something. */
    public boolean hasDrills() {
        return drills() > 0;
    }

    private long drills() {
        var drill = TestTag.create("drill");
        return plan().countTestIdentifiers(
                        test -> test.isTest() && test.getTags().contains(drill));
    }

    /**
     * The systems that the selected scenarios ask, found by a rehearsal in which no step runs.
     *
     * @throws UncheckedIOException if the rehearsal has no place to write its messages
     */
    public Needed needs() {
        if (needed == null) {
            needed = drills() == count() ? rehearse().withOwnClients() : rehearse();
        }
        return needed;
    }

    private Needed rehearse() {
        try {
            var messages = Files.createTempFile("runbook-rehearsal", ".ndjson");
            try {
                launcher.execute(request()
                        .configurationParameter("cucumber.execution.dry-run", "true")
                        .configurationParameter("cucumber.plugin", "message:" + messages)
                        .build());
                return NeededSystems.in(messages);
            } finally {
                Files.delete(messages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selected scenarios could not be rehearsed", e);
        }
    }

    void execute() {
        var plan = plan();
        // A plan can be carried out once.
        discovered = null;
        launcher.execute(plan);
    }

    private LauncherDiscoveryRequestBuilder request() {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectDirectory(features.toFile()))
                .filters(EngineFilter.includeEngines("cucumber"), tagFilter(selection.expression()))
                .configurationParametersResources(CONFIGURATION)
                // What the build says of its own run of the features holds for nobody else.
                .configurationParameter("cucumber.filter.tags", selection.expression());
    }

    private static PostDiscoveryFilter tagFilter(String expression) {
        var tags = TagExpressionParser.parse(expression);
        return test -> {
            var names = test.getTags().stream().map(tag -> "@" + tag.getName()).toList();
            return FilterResult.includedIf(!test.isTest() || tags.evaluate(names));
        };
    }
}
