package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openagents.runbook.report.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** What a build makes of a run: it counts scenarios, and nothing unproven passes. */
class ScenariosAsTestsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/com/openagents/runbook/report/golden");

    @Test
    void a_finding_fails_and_what_is_waived_is_skipped_with_it() throws IOException {
        var outcomes = outcomes("waived");

        assertThat(outcomes.keySet()).containsExactly("Healthy", "Calm", "Smoked", "Shown", "Told");
        assertThat(outcomes.get("Calm")).isNull();
        assertThat(outcomes.get("Healthy"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("waived by W1: Runtime pods are healthy: 1 of 3 pods is not ready");
        assertThat(outcomes.get("Told"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("See it: amtool")
                .hasMessageContaining("Waiver W4 (OPS-414, owner j.doe) expired");
    }

    @Test
    void what_could_not_be_checked_is_skipped_with_the_reason() throws IOException {
        assertThat(outcomes("finished").get("The dashboard has been imported"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("incomplete: This environment names no Grafana");
    }

    @Test
    void a_run_that_proves_too_little_fails_even_where_no_scenario_does() throws IOException {
        assertThat(outcomes("finished")).doesNotContainKey("the run as a whole");
        assertThat(outcomes("killed").get("the run as a whole"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ABORTED");
    }

    private static Map<String, Throwable> outcomes(String record) throws IOException {
        var outcomes = new LinkedHashMap<String, Throwable>();
        RunbookIT.tests(RunRecord.read(GOLDEN.resolve(record)))
                .flatMap(ScenariosAsTestsTest::tests)
                .forEach(test -> outcomes.put(
                        test.getDisplayName(),
                        catchThrowable(() -> test.getExecutable().execute())));
        return outcomes;
    }

    private static Stream<DynamicTest> tests(DynamicNode node) {
        return node instanceof DynamicContainer container
                ? container.getChildren().flatMap(ScenariosAsTestsTest::tests)
                : Stream.of((DynamicTest) node);
    }
}
