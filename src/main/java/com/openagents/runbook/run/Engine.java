package com.openagents.runbook.run;

import com.openagents.runbook.environment.Aside;
import com.openagents.runbook.environment.FileCache;
import com.openagents.runbook.system.Needed;
import io.cucumber.junit.platform.engine.CucumberTestEngine;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Cucumber on the JUnit Platform, set up for the runbook. */
public final class Engine {
    /** The resource that sets Cucumber up. */
    private static final String CONFIGURATION = "com/openagents/runbook/engine.properties";

    private static final int FEWEST_AT_A_TIME = 4;
    private static final int MOST_AT_A_TIME = 16;
    private static final int SHARE = 4;

    /** With Cucumber alone: others on the class path, and their listeners, are for the tests of the machinery. */
    private final Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(new CucumberTestEngine())
            .build());

    private final Path features;
    private final Selection selection;
    private Rehearsal rehearsal;
    private Set<String> shard;
    private Aside<TestPlan> found;

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
     */
    private synchronized Rehearsal rehearsal() {
        if (rehearsal == null) {
            rehearsal = FileCache.ofLauncher()
                    .get(
                            "rehearsal of " + selection.expression() + ", shard " + selection.shard(),
                            List.of(features),
                            Rehearsal.class,
                            this::rehearse);
        }
        return rehearsal;
    }

    private Rehearsal rehearse() {
        try (var messages = RehearsalPlugin.messages()) {
            launcher.execute(request()
                    .configurationParameter("cucumber.execution.dry-run", "true")
                    .configurationParameter("cucumber.execution.parallel.enabled", "false")
                    .configurationParameter("cucumber.plugin", messages.plugin())
                    .build());
            return Rehearsal.of(messages.all());
        }
    }

    /** Begins to find the scenarios that will run, while something else goes on. */
    void lookAhead() {
        found = new Aside<>(this::find);
    }

    /** Runs the selected scenarios. */
    void execute() {
        var plan = found == null ? find() : found.get();
        // One plan is run once only.
        found = null;
        launcher.execute(plan);
    }

    /**
     * Each scenario at a time takes steps of its own, which Cucumber finds and compiles anew and tells of in the record; so
     * a few scenarios, that wait too little to be worth it, run fewer at a time, and none with steps that it does not take.
     */
    private TestPlan find() {
        var atATime = String.valueOf(Math.max(FEWEST_AT_A_TIME, Math.min(count() / SHARE, MOST_AT_A_TIME)));
        return launcher.discover(request()
                .configurationParameter(
                        "cucumber.glue", String.join(",", rehearsal().glue()))
                .configurationParameter("cucumber.execution.parallel.config.fixed.parallelism", atATime)
                .configurationParameter("cucumber.execution.parallel.config.fixed.max-pool-size", atATime)
                .build());
    }

    private LauncherDiscoveryRequestBuilder request() {
        return selection.shard().isAll() ? whole() : whole().filters(shardFilter());
    }

    private LauncherDiscoveryRequestBuilder whole() {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors())
                .filters(tagFilter(selection.expression()))
                .configurationParametersResources(CONFIGURATION)
                .configurationParameter("cucumber.filter.tags", selection.expression());
    }

    /** Only the files that may hold a selected scenario, since to read them all takes its time. */
    private List<? extends DiscoverySelector> selectors() {
        var tags = selection.sections().stream().map(Selection::tag).toList();
        try (var files = Files.walk(features)) {
            var chosen = files.filter(file -> file.toString().endsWith(".feature") && holds(file, tags))
                    .sorted()
                    .map(file -> DiscoverySelectors.selectFile(file.toFile()))
                    .toList();
            return chosen.isEmpty() ? List.of(DiscoverySelectors.selectDirectory(features.toFile())) : chosen;
        } catch (IOException e) {
            throw new UncheckedIOException("the features could not be read", e);
        }
    }

    private static boolean holds(Path file, List<String> tags) {
        try {
            var text = Files.readString(file);
            return tags.stream().anyMatch(text::contains);
        } catch (IOException e) {
            throw new UncheckedIOException("the features could not be read", e);
        }
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
