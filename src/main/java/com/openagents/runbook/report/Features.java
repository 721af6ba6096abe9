package com.openagents.runbook.report;

import io.cucumber.messages.types.Background;
import io.cucumber.messages.types.Feature;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Hook;
import io.cucumber.messages.types.JavaMethod;
import io.cucumber.messages.types.Pickle;
import io.cucumber.messages.types.PickleTag;
import io.cucumber.messages.types.Scenario;
import io.cucumber.messages.types.Step;
import io.cucumber.messages.types.Tag;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the feature files add to the messages: titles, lines, keywords. */
final class Features {
    private static final String SECTION_TAG = "@section-";
    private static final Pattern NUMBER = Pattern.compile("(\\d+[a-zA-Z]?)\\b.*", Pattern.DOTALL);

    private final Map<String, Heading> headings = new LinkedHashMap<>();
    private final Map<String, Long> lines = new HashMap<>();
    private final Map<String, String> keywords = new HashMap<>();
    private final Map<String, String> descriptions = new HashMap<>();
    private final Map<String, String> hooks = new HashMap<>();

    /** A section's number, title and introduction. */
    record Heading(String section, String title, String description) {}

    void add(GherkinDocument document) {
        document.getFeature().ifPresent(feature -> {
            headings.put(document.getUri().orElse(""), heading(feature));
            feature.getChildren().forEach(child -> {
                child.getBackground().ifPresent(this::add);
                child.getScenario().ifPresent(this::add);
                child.getRule()
                        .ifPresent(rule -> rule.getChildren().forEach(inner -> {
                            inner.getBackground().ifPresent(this::add);
                            inner.getScenario().ifPresent(this::add);
                        }));
            });
        });
    }

    void add(Hook hook) {
        var method = hook.getSourceReference().getJavaMethod().map(JavaMethod::getMethodName);
        hook.getName().or(() -> method).ifPresent(name -> hooks.put(hook.getId(), name));
    }

    Collection<Heading> headings() {
        return headings.values();
    }

    /** The heading of the section that a scenario belongs to. */
    Heading heading(Pickle pickle) {
        var file = Optional.ofNullable(headings.get(pickle.getUri()))
                .orElseGet(() -> new Heading(shortUri(pickle.getUri()), shortUri(pickle.getUri()), ""));
        var tags = pickle.getTags().stream().map(PickleTag::getName).toList();
        // A scenario may serve a second section; it stays where its feature is.
        return section(tags)
                .filter(own -> !tags.contains("@section-" + file.section()))
                .map(own -> new Heading(own, own, ""))
                .orElse(file);
    }

    long line(Pickle pickle) {
        var nodes = pickle.getAstNodeIds();
        return nodes.isEmpty() ? 0 : lines.getOrDefault(nodes.get(nodes.size() - 1), 0L);
    }

    String description(Pickle pickle) {
        var nodes = pickle.getAstNodeIds();
        return nodes.isEmpty() ? "" : descriptions.getOrDefault(nodes.get(0), "");
    }

    String keyword(List<String> nodes) {
        return nodes.isEmpty() ? "" : keywords.getOrDefault(nodes.get(0), "");
    }

    String hook(String id) {
        return hooks.getOrDefault(id, "hook");
    }

    /** The path from the features folder on, or the last part: no report names a folder of the machine that ran it. */
    static String shortUri(String uri) {
        int folder = uri.lastIndexOf("features/");
        return folder >= 0 ? uri.substring(folder) : uri.substring(uri.lastIndexOf('/') + 1);
    }

    private Heading heading(Feature feature) {
        var number = NUMBER.matcher(feature.getName());
        var id = section(feature.getTags().stream().map(Tag::getName).toList())
                .orElseGet(() -> number.matches() ? number.group(1) : feature.getName());
        return new Heading(id, feature.getName(), plain(feature.getDescription()));
    }

    private static Optional<String> section(List<String> tags) {
        return tags.stream()
                .filter(tag -> tag.startsWith(SECTION_TAG))
                .map(tag -> tag.substring(SECTION_TAG.length()))
                .reduce((feature, own) -> own);
    }

    private void add(Background background) {
        background.getSteps().forEach(this::add);
    }

    private void add(Scenario scenario) {
        lines.put(scenario.getId(), scenario.getLocation().getLine());
        if (!scenario.getDescription().isBlank()) {
            descriptions.put(scenario.getId(), plain(scenario.getDescription()));
        }
        scenario.getSteps().forEach(this::add);
        scenario.getExamples()
                .forEach(examples -> examples.getTableBody()
                        .forEach(row -> lines.put(row.getId(), row.getLocation().getLine())));
    }

    private void add(Step step) {
        keywords.put(step.getId(), step.getKeyword().strip().intern());
    }

    private static String plain(String description) {
        return description.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
