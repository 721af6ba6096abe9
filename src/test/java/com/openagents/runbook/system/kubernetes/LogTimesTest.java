package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimesTest {
    private final LogTimes times = new LogTimes();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T06:00:00.123456789Z",
                "2026-11-24T06:00:00.5Z",
                "2026-11-24T06:00:00Z",
                "2026-11-24T06:00:00.000000001+01:00"
            })
    void a_time_is_what_it_says(String text) {
        assertThat(times.parse(text)).isEqualTo(Instant.parse(text));
    }

    @Test
    void the_second_of_the_line_before_is_not_taken_for_another() {
        times.parse("2026-11-24T06:00:00.999999999Z");

        assertThat(times.parse("2026-11-24T06:00:01.000000001Z"))
                .isEqualTo(Instant.parse("2026-11-24T06:00:01.000000001Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-24",
                "2026-11-24T06:00:00.12x4Z",
                "2026-11-24T06:00:00.1234567890Z",
                "a line without its time .123Z"
            })
    void what_is_no_time_is_refused(String text) {
        times.parse("2026-11-24T06:00:00.123456789Z");

        assertThatThrownBy(() -> times.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
