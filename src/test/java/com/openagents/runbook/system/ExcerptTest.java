package com.openagents.runbook.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            short                      | short
            a known-secret-value       | 'a '
            twelve chars and more      | twelve chars
            {"token":"secret-value"}   | {"token":"
            {"a":"\\"secret-value"}    | {"a":"
            one-long-secret-value      | ''
            """)
    void a_word_across_the_end_is_left_out_as_a_whole(String text, String excerpt) {
        assertThat(Excerpt.of(text, 12)).isEqualTo(excerpt);
    }
}
