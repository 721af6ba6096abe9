package com.openagents.runbook.replica.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file of alert rules. Each change gives another file and leaves this one as it is. */
public final class AlertRules {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern WINDOW = Pattern.compile("(\\[|\\boffset )(\\d+)(s|m|h|d)\\b");
    private static final Pattern DURATION = Pattern.compile("()(\\d+)(s|m|h|d)");
    private static final String PUBLISHED = "published-alert-rules.yaml";

    private final JsonNode file;

    private AlertRules(JsonNode file) {
        this.file = file;
    }

    public static AlertRules read(Path file) {
        try {
            return new AlertRules(YAML.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("no alert rules can be read from " + file, e);
        }
    }

    /** The rules as the service's repository has them (contract 12.1), with all that they cannot see. */
    public static AlertRules published() {
        try (var text = Objects.requireNonNull(AlertRules.class.getResourceAsStream(PUBLISHED), PUBLISHED)) {
            return new AlertRules(YAML.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * With every range, offset and {@code for} shortened, so that an incident plays in seconds.
     *
     * @param times how many times shorter
     */
    public AlertRules faster(double times) {
        return changed(rule -> {
            rule.put("expr", shortened(WINDOW, rule.path("expr").asText(), times));
            if (rule.path("annotations").path("breakdown") instanceof TextNode breakdown) {
                ((ObjectNode) rule.get("annotations")).put("breakdown", shortened(WINDOW, breakdown.asText(), times));
            }
            if (rule.has("for")) {
                rule.put("for", shortened(DURATION, rule.get("for").asText(), times));
            }
        });
    }

    public AlertRules without(String alert) {
        var copy = file.deepCopy();
        copy.path("groups").forEach(group -> {
            var rules = (ArrayNode) group.get("rules");
            for (int i = rules.size() - 1; i >= 0; i--) {
                if (alert.equals(rules.get(i).path("alert").asText())) {
                    rules.remove(i);
                }
            }
        });
        return new AlertRules(copy);
    }

    /** With one alert's part, for example its {@code expr}, another than it was. */
    public AlertRules with(String alert, String part, UnaryOperator<String> change) {
        return changed(rule -> {
            if (alert.equals(rule.path("alert").asText())) {
                rule.put(part, change.apply(rule.path(part).asText()));
            }
        });
    }

    /** With one label or annotation of an alert another than it was. */
    public AlertRules with(String alert, String part, String name, String value) {
        return changed(rule -> {
            if (alert.equals(rule.path("alert").asText())) {
                ((ObjectNode) rule.get(part)).put(name, value);
            }
        });
    }

    public List<String> alerts() {
        return rules(file).map(rule -> rule.path("alert").asText()).toList();
    }

    /** The file as Prometheus reads it. */
    public String text() {
        return write(file);
    }

    /** The same rules as an object of the Prometheus operator. */
    public String asPrometheusRule(String name) {
        var object = YAML.createObjectNode();
        object.put("apiVersion", "monitoring.coreos.com/v1").put("kind", "PrometheusRule");
        object.putObject("metadata").put("name", name);
        object.set("spec", file);
        return write(object);
    }

    private AlertRules changed(Consumer<ObjectNode> change) {
        var copy = file.deepCopy();
        rules(copy).forEach(rule -> change.accept((ObjectNode) rule));
        return new AlertRules(copy);
    }

    private static Stream<JsonNode> rules(JsonNode file) {
        return StreamSupport.stream(file.path("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false));
    }

    private static String shortened(Pattern pattern, String text, double times) {
        return pattern.matcher(text).replaceAll(found -> {
            var published = Duration.parse(iso(found.group(2), found.group(3)));
            return found.group(1) + Math.max(1, Math.round(published.toMillis() / times)) + "ms";
        });
    }

    private static String iso(String number, String unit) {
        return unit.equals("d") ? "P" + number + "D" : "PT" + number + unit;
    }

    private static String write(JsonNode tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
