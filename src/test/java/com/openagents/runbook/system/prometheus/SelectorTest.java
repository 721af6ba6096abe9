package com.openagents.runbook.system.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\0', textBlock = """
            up ; up
            a > 5 ; a
            a{} ; a
            sum(rate(a_b{c="d", e=~"f|g"}[5m])) / clamp_min(sum(rate(a_b[5m])), 1) > 0.02 ; a_b[c,e] a_b
            max by (result, reason) (a{quantile="0.95"}) > 5000 ; a[quantile]
            sum without (pod) (a) + on (x) group_left (y) b ; a b
            sum(a) by (pod) ; a
            a / on() b > 0.02 ; a b
            a{x!="y"} unless a{x!~"y"} offset 10m or vector(0) ; a[x] a[x]
            rate(job:a:sum{b="}c{"}[5m:30s]) and d ; job:a:sum[b] d
            quantile_over_time(0.95, a[10m]) > 1e3 ; a
            label_replace(a, "b", "$1", "c", "(d)") ; a
            {le="1"} ;
            """)
    void metrics_and_their_labels_are_found(String query, String expected) {
        var found = Selector.in(query).stream()
                .map(selector -> selector.metric()
                        + (selector.labels().isEmpty()
                                ? ""
                                : selector.labels().stream().sorted().collect(Collectors.joining(",", "[", "]"))))
                .toList();

        assertThat(found).isEqualTo(expected == null ? Arrays.asList() : Arrays.asList(expected.split(" ")));
    }
}
