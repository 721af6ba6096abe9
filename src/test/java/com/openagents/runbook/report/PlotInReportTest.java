package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Signals over time, rendered from the record alone. */
class PlotInReportTest {

    @Test
    void a_rising_series_is_drawn_with_threshold_and_verdict() throws IOException {
        var html = html(line("{}", "0.0", "0.05", "0.1"));

        assertThat(html)
                .contains("points=\"64.0,142.0 236.0,82.0 408.0,22.0\"")
                .contains("class=\"limit\" d=\"M64 82.0H580\"")
                .contains("class=\"verdict\" d=\"M580.0 16V142\"")
                .contains("<th scope=\"row\">05:59:20 UTC</th><td>0.05</td>");
        assertThat(PageText.of(html)).contains("threshold > 0.05: {} ends at 0.1");
    }

    @Test
    void no_data_is_said_in_words() throws IOException {
        assertThat(html(List.of()))
                .contains("No data in the window from 05:59:00 UTC to 06:00:00 UTC.")
                .doesNotContain("<figure", "The numbers");
    }

    @Test
    void a_single_point_is_a_dot() throws IOException {
        assertThat(html(line("{}", "0.1")))
                .contains("<circle cx=\"64.0\" cy=\"22.0\" r=\"3\"/>")
                .doesNotContain("<polyline");
    }

    @Test
    void what_is_no_number_is_a_gap_and_said() throws IOException {
        assertThat(html(line("{}", "0.1", "NaN", "Infinity", "0.1")))
                .contains("and so not drawn: 2.", "<td>NaN</td>", "<td>Inf</td>", "cx=\"64.0\"", "cx=\"580.0\"")
                .doesNotContain("<polyline");
        assertThat(html(line("{}", "NaN"))).contains("No data in the window").contains("<td>NaN</td>");
    }

    @Test
    void of_seven_series_six_are_shown_and_of_seventy_points_sixty() throws IOException {
        var seven = IntStream.range(0, 7).mapToObj(i -> line("s" + i, "1")).toList();
        var html = html(seven);

        assertThat(html).contains("shown here: 1 left out", "<code>s5</code>").doesNotContain("s6");
        assertThat(html(line(
                        "{}", IntStream.range(0, 70).mapToObj(Integer::toString).toArray(String[]::new))))
                .contains("Earlier points left out: 10.");
    }

    @Test
    void hostile_labels_stay_text() throws IOException {
        assertThat(html(line("</desc></svg><img src=x onerror=alert(1)>\"'", "1")))
                .contains("&lt;/desc&gt;&lt;/svg&gt;")
                .doesNotContain("<img");
    }

    @Test
    void the_same_record_gives_the_same_bytes() throws IOException {
        assertThat(html(line("{}", "0", "1"))).isEqualTo(html(line("{}", "0", "1")));
    }

    private static Map<String, Object> line(String name, String... values) {
        var points = IntStream.range(0, values.length)
                .mapToObj(i -> Map.of(
                        "at",
                        Instant.parse("2026-11-24T05:59:00Z")
                                .plusSeconds(20L * i)
                                .toString(),
                        "value",
                        values[i]))
                .toList();
        return Map.of("name", name, "points", points);
    }

    private static String html(Map<String, Object> line) throws IOException {
        return html(List.of(line));
    }

    private static String html(List<Map<String, Object>> lines) throws IOException {
        var record = new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts()
                .feature("features/04f.feature", "@section-4F\nFeature: 4F\nScenario: Quiet\n Given a signal\n")
                .when("a signal", Outcome.passes().plotting(lines))
                .playAll()
                .finished();
        var html = new StringWriter();
        HtmlReport.write(RunRecord.read(new StringReader(record)), html);
        return html.toString();
    }
}
