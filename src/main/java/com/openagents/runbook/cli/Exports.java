package com.openagents.runbook.cli;

import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What is written beside the report for other programs, where it is asked for. */
final class Exports {
    @Option(names = "--oscal", description = "Also writes the results as OSCAL assessment results: oscal.json.")
    private boolean oscal;

    void write(Run run, Path folder) throws IOException {
        if (oscal) {
            ReportWriter.writeOscal(run, folder);
        }
    }
}
