package com.openagents.runbook;

import com.openagents.runbook.environment.Environments;
import com.openagents.runbook.environment.Progress;
import com.openagents.runbook.report.ConsoleSummary;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.RunVerdict;
import com.openagents.runbook.run.Engine;
import com.openagents.runbook.run.RunbookRun;
import com.openagents.runbook.run.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.platform.suite.api.AfterSuite;
import org.junit.platform.suite.api.BeforeSuite;
import org.junit.platform.suite.api.ConfigurationParametersResource;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/**
 * The runbook itself, as part of {@code mvn verify}. {@code -Denvironment=NAME} and {@code -Dsection=N} choose as on
 * the command line.
 */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories("features")
@ConfigurationParametersResource(Engine.CONFIGURATION)
class RunbookIT {
    private static final Path FEATURES = Path.of("features");

    @BeforeSuite
    static void open() {
        var environment = new Environments(Path.of("environments")).find(System.getProperty("environment", "embedded"));
        var selection = new Selection(List.of(), System.getProperty("cucumber.filter.tags", ""), List.of());
        RunbookRun.begin(environment, selection, FEATURES, Path.of("target", "runbook"), new Quiet())
                .open(new Engine(FEATURES, selection), true);
    }

    @AfterSuite
    static void close() throws IOException {
        var run = RunbookRun.underWay();
        run.close();
        var read = RunRecord.read(run.folder());
        var verdict = ReportWriter.write(read, run.folder());
        // A failed scenario fails the build by itself; what could not be checked must not pass either.
        if (verdict != RunVerdict.PASSED && verdict != RunVerdict.FAILED) {
            throw new AssertionError(new ConsoleSummary(false).of(read));
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
