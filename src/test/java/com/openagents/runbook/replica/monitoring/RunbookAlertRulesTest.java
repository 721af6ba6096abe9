package com.openagents.runbook.replica.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts for the runs themselves, as the real promtool sees them. */
class RunbookAlertRulesTest {
    private static final String RULES = "runbook-alert-rules.yaml";
    private static final AlertRules OURS = AlertRules.read(RuleTests.FOLDER.resolve(RULES));

    private static Path promtool;

    @TempDir
    private Path copy;

    @BeforeAll
    static void find() {
        promtool = Programs.orSkip().promtool();
    }

    private RuleTests.Result tested(AlertRules rules) throws IOException {
        return new RuleTests(promtool, copy, RULES, "tests/runs").of(rules);
    }

    @Test
    void every_alert_fires_spares_and_recovers() throws IOException {
        var result = tested(OURS);

        assertThat(result.exit()).as(result.output()).isZero();
    }

    @Test
    void no_alert_can_be_left_out() throws IOException {
        assertThat(tested(RuleTests.none(OURS)).missing()).containsExactlyInAnyOrderElementsOf(OURS.alerts());
    }

    @Test
    void those_that_wait_cannot_fire_at_once() throws IOException {
        assertThat(tested(RuleTests.hasty(OURS)).surplus())
                .containsExactlyInAnyOrder("RunbookHasNotRun", "RunbookIncompleteForADay");
    }

    @Test
    void every_alert_links_to_a_heading_that_is_there() throws IOException {
        var rules = new YAMLMapper().readTree(OURS.text()).at("/groups/0/rules");
        assertThat(rules).hasSize(3);
        for (var rule : rules) {
            var link = rule.at("/annotations/runbook").asText().split("#", 2);
            var anchors = Files.readString(Path.of(link[0]))
                    .lines()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("^#+ ", "")
                            .toLowerCase(Locale.ROOT)
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
            assertThat(anchors).contains(link[1]);
        }
    }
}
