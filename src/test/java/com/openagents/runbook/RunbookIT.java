package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.Environments;
import com.openagents.runbook.environment.Progress;
import com.openagents.runbook.report.ConsoleSummary;
import com.openagents.runbook.report.Failure;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Section;
import com.openagents.runbook.report.Verdict;
import com.openagents.runbook.report.attestation.AttestedReport;
import com.openagents.runbook.run.Engine;
import com.openagents.runbook.run.RunbookRun;
import com.openagents.runbook.run.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * The runbook itself, as part of {@code mvn verify}: it runs as on the command line, and each scenario is a test that
 * fails with its finding; what is waived or could not be checked is skipped with the reason. {@code -Denvironment=NAME}
 * and {@code -Dsection=N} choose as on the command line.
 */
class RunbookIT {
    private static final Path FEATURES = Path.of("features");

    @TestFactory
    Stream<DynamicNode> runbook() throws IOException {
        var environment = new Environments(Path.of("environments")).find(System.getProperty("environment", "embedded"));
        var selection = new Selection(List.of(), System.getProperty("runbook.tags", ""), List.of());
        var engine = new Engine(FEATURES, selection);
        assertThat(engine.count())
                .as("scenarios selected by " + selection.expression())
                .isPositive();
        var run = RunbookRun.begin(environment, selection, FEATURES, Path.of("target", "runbook"), new Quiet());
        try (run) {
            run.open(engine, true);
            run.execute(engine);
        }
        var read = RunRecord.read(run.folder());
        AttestedReport.write(read, run.folder(), run.signingKey());
        run.reported();
        return tests(read);
    }

    /** The tests that a build counts: one for each scenario, and one for the run where no scenario tells why it fails. */
    static Stream<DynamicNode> tests(Run run) {
        var sections = run.sections().stream()
                .filter(section -> !section.scenarios().isEmpty())
                .map(RunbookIT::section);
        boolean told = run.problems().isEmpty() && run.tally().of(Verdict.FAILED) > 0;
        return run.verdict().exitCode() == 0 || told
                ? sections
                : Stream.concat(sections, Stream.of(DynamicTest.dynamicTest("the run as a whole", () -> {
                    throw new AssertionError(new ConsoleSummary(false).of(run));
                })));
    }

    private static DynamicNode section(Section section) {
        return DynamicContainer.dynamicContainer(
                section.title(),
                section.scenarios().stream()
                        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> outcome(scenario))));
    }

    private static void outcome(ScenarioResult scenario) {
        var found = scenario.failures().stream().map(Failure::message).collect(Collectors.joining("\n\n"));
        var words = Stream.of(found, scenario.reason())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
        switch (scenario.verdict()) {
            case FAILED -> throw new AssertionError(words);
            case PASSED -> assertThat(scenario.failures()).isEmpty();
            case WAIVED ->
                throw new TestAbortedException("waived by " + scenario.waiver().orElseThrow() + ": " + words);
            default -> throw new TestAbortedException(scenario.verdict().word() + ": " + words);
        }
    }

    private static final class Quiet implements Progress {
        @Override
        public <T> T phase(String what, Supplier<T> work) {
            return work.get();
        }

        @Override
        public void say(String what) {
            // Maven shows its own progress.
        }
    }
}
