package com.openagents.runbook.coverage;

import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Comment;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.FeatureChild;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the features of a folder, as Cucumber itself reads them. */
final class FeatureReader {
    private static final Pattern PIN = Pattern.compile("\\s*#\\s*(\\d+[A-Z]?\\.\\d+)\\s+([0-9a-f]{8})\\s*");

    private FeatureReader() {}

    /** The features of the folder, sorted by name. */
    static List<FeatureFile> read(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .map(FeatureReader::file)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the features cannot be read: " + folder, e);
        }
    }

    private static FeatureFile file(Path file) {
        var name = file.getFileName().toString();
        var parser = GherkinParser.builder()
                .includeSource(false)
                .includePickles(false)
                .build();
        try {
            return parser.parse(file)
                    .map(Envelope::getGherkinDocument)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .map(document -> feature(name, document))
                    .orElseThrow(() -> new IllegalArgumentException(name + " is not a readable feature"));
        } catch (IOException e) {
            throw new UncheckedIOException("a feature cannot be read: " + file, e);
        }
    }

    private static FeatureFile feature(String name, GherkinDocument document) {
        var feature = document.getFeature().orElseThrow(() -> new IllegalArgumentException(name + " holds no feature"));
        var tags = names(feature.getTags());
        var scenarios = feature.getChildren().stream()
                .map(FeatureChild::getScenario)
                .flatMap(Optional::stream)
                .map(scenario -> new FeatureFile.Scenario(
                        scenario.getName(),
                        scenario.getLocation().getLine(),
                        Stream.concat(tags.stream(), names(scenario.getTags()).stream())
                                .toList(),
                        scenario.getSteps().stream()
                                .map(step -> step.getKeyword() + step.getText())
                                .toList()))
                .toList();
        return new FeatureFile(name, tags, scenarios, pins(document.getComments()));
    }

    private static List<String> names(List<Tag> tags) {
        return tags.stream().map(Tag::getName).toList();
    }

    private static Map<String, String> pins(List<Comment> comments) {
        var pins = new LinkedHashMap<String, String>();
        for (var comment : comments) {
            var pin = PIN.matcher(comment.getText());
            if (pin.matches()) {
                pins.put(pin.group(1), pin.group(2));
            }
        }
        return pins;
    }
}
