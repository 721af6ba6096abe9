package com.openagents.runbook.report.attestation;

import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;

/** Renders the reports again from the record and compares them. */
final class ReportsCheck {
    private static final String PART = "reports";

    private final Path folder;
    private final Findings findings;

    ReportsCheck(Path folder, Findings findings) {
        this.folder = folder;
        this.findings = findings;
    }

    void check(Run run) throws IOException {
        var fresh = Files.createTempDirectory("runbook-verify");
        try {
            ReportWriter.write(run, fresh);
            if (Files.exists(folder.resolve(ReportWriter.OSCAL))) {
                ReportWriter.writeOscal(run, fresh);
            }
            compare(fresh);
        } finally {
            remove(fresh);
        }
    }

    private void compare(Path fresh) throws IOException {
        var same = new ArrayList<String>();
        for (var entry : Manifest.of(fresh).files()) {
            var file = folder.resolve(entry.path());
            if (Files.isRegularFile(file) && Files.mismatch(file, fresh.resolve(entry.path())) < 0) {
                same.add(entry.path());
            } else if (!findings.name(entry.path())) {
                findings.differs(PART, entry.path(), "is not what this version makes of the record");
            }
        }
        if (!same.isEmpty()) {
            findings.holds(PART, "rendered again from the record, byte for byte the same: " + String.join(", ", same));
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
