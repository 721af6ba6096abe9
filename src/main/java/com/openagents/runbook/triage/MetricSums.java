package com.openagents.runbook.triage;

import com.openagents.runbook.system.http.Answer;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the text format of metrics and adds up the pods. Only counters are looked at, so adding is right. */
final class MetricSums {
    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? ([0-9.eE+-]+)(?: \\d+)?");

    private MetricSums() {}

    /** From name and labels to the sum over all answers; what is zero is left out. */
    static Map<String, Double> of(Collection<Answer> answers, Collection<String> names) {
        var sums = new TreeMap<String, Double>();
        answers.stream()
                .filter(answer -> answer.status() == 200)
                .flatMap(answer -> answer.body().lines())
                .map(SERIES::matcher)
                .filter(series -> series.matches() && names.contains(series.group(1)))
                .forEach(series -> sums.merge(
                        series.group(2) == null ? series.group(1) : series.group(1) + "{" + series.group(2) + "}",
                        Double.parseDouble(series.group(3)),
                        Double::sum));
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }
}
