package com.openagents.runbook.system.runtime;

import com.openagents.runbook.system.runtime.PodMetrics.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the samples of one metric from the text that Prometheus reads. */
final class MetricsText {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})?\\s+(\\S+)(?:\\s+-?\\d+)?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private MetricsText() {}

    static List<Sample> samples(String pod, String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> sample(pod, line, name))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Sample> sample(String pod, String line, String name) {
        var sample = SAMPLE.matcher(line.strip());
        if (!sample.matches() || !sample.group(1).equals(name)) {
            return Optional.empty();
        }
        var labels = sample.group(2) == null ? Map.<String, String>of() : labels(sample.group(2));
        return Optional.of(new Sample(pod, labels, value(sample.group(3))));
    }

    private static Map<String, String> labels(String text) {
        var labels = new LinkedHashMap<String, String>();
        LABEL.matcher(text)
                .results()
                .forEach(label -> labels.put(label.group(1), label.group(2).replace("\\\"", "\"")));
        return labels;
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
