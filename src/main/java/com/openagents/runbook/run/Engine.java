package com.openagents.runbook.run;

import com.openagents.runbook.system.Needed;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Cucumber on the JUnit Platform, set up for the runbook. */
public final class Engine {
    /** The resource that sets Cucumber up. */
    private static final String CONFIGURATION = "com/openagents/runbook/engine.properties";

    private final Launcher launcher =
            LauncherFactory.create(LauncherConfig.builder().build());
    private final Path features;
    private final Selection selection;
    private Rehearsal rehearsal;
    private Set<String> shard;

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

    /** How many scenarios are selected; nothing is opened, and no step runs. */
    public long count() {
        return rehearsal().scenarios();
    }

    /** Whether one of the selected scenarios changes something. */
    public boolean hasDrills() {
        return rehearsal().drills() > 0;
    }

    /** What the selected scenarios need. */
    public Needed needs() {
        var needed = rehearsal().needed();
        return rehearsal().drills() == count() ? needed.withOwnClients() : needed;
    }

    /**
     * All that is known of the scenarios before they run comes of one rehearsal, in which no step runs: to find them takes
     * as long as to run a few of them.
     *
     * @throws UncheckedIOException if the rehearsal has no place to write its messages
     */
    private synchronized Rehearsal rehearsal() {
        if (rehearsal == null) {
            rehearsal = rehearse();
        }
        return rehearsal;
    }

    private Rehearsal rehearse() {
        try {
            var messages = Files.createTempFile("runbook-rehearsal", ".ndjson");
            try {
                launcher.execute(request()
                        .configurationParameter("cucumber.execution.dry-run", "true")
                        .configurationParameter("cucumber.execution.parallel.enabled", "false")
                        .configurationParameter("cucumber.plugin", "message:" + messages)
                        .build());
                return Rehearsal.read(messages);
            } finally {
                Files.delete(messages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selected scenarios could not be rehearsed", e);
        }
    }

    void execute() {
        launcher.execute(request().build());
    }

    private LauncherDiscoveryRequestBuilder request() {
        return selection.shard().isAll() ? whole() : whole().filters(shardFilter());
    }

    private LauncherDiscoveryRequestBuilder whole() {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectDirectory(features.toFile()))
                .filters(EngineFilter.includeEngines("cucumber"), tagFilter(selection.expression()))
                .configurationParametersResources(CONFIGURATION)
                .configurationParameter("cucumber.filter.tags", selection.expression());
    }

    private static PostDiscoveryFilter tagFilter(String expression) {
        var tags = TagExpressionParser.parse(expression);
        return test -> {
            var names = test.getTags().stream().map(tag -> "@" + tag.getName()).toList();
            return FilterResult.includedIf(!test.isTest() || tags.evaluate(names));
        };
    }

    /** Which scenarios there are to share out is known only when all have been found. */
    private PostDiscoveryFilter shardFilter() {
        if (shard == null) {
            var all = launcher.discover(whole().build());
            shard = selection
                    .shard()
                    .part(all.getRoots().stream()
                            .flatMap(root -> all.getDescendants(root).stream())
                            .filter(TestIdentifier::isTest)
                            .map(TestIdentifier::getUniqueId)
                            .toList());
        }
        return test -> FilterResult.includedIf(
                !test.isTest() || shard.contains(test.getUniqueId().toString()));
    }
}
