package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "12:00:00.000 [info] up|''|info|up",
                "12:00:00.000 request_id=F1 [error] [x] down|F1|error|[x] down",
                "12:00:00.000 request_id= [debug] a] b|''|debug|a] b",
                "23:59:59.999 [notice] |''|notice|''"
            })
    void a_line_has_a_level_and_perhaps_a_request(String text, String requestId, String level, String message) {
        assertThat(LogLine.parse(text)).contains(new LogLine(requestId, level, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "12:00:00",
                "12:00:00.000 ",
                "12:00:00.000 up",
                "12:00:00,000 [info] up",
                "1x:00:00.000 [info] up",
                "12:00:00.000 [Info] up",
                "12:00:00.000 [] up",
                "12:00:00.000 [info]",
                "12:00:00.000 [info]up",
                "12:00:00.000 request_id=F1",
                "12:00:00.000 request_id=F1 up [info] it",
                "12:00:00.000 request_id=F\t1 [info] it",
                "12:00:00.000 request_id=F1  [info] it",
                " 12:00:00.000 [info] it"
            })
    void a_line_in_another_format_is_none(String text) {
        assertThat(LogLine.parse(text)).isEmpty();
    }

    @Test
    void only_a_line_that_begins_with_an_event_tells_of_one() {
        assertThat(new LogLine("", "info", "lease.operation outcome=stolen run_id=\"a b\"").event())
                .contains("lease.operation");
        assertThat(new LogLine("", "info", "GET /a?x=lease.operation outcome=stolen").event())
                .isEmpty();
        assertThat(new LogLine("", "info", "lease.").event()).isEmpty();
        assertThat(new LogLine("", "info", "other.operation outcome=stolen").event())
                .isEmpty();
    }
}
