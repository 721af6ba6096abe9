package com.openagents.runbook.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the reports of a run beside its record. */
public final class ReportWriter {
    public static final String HTML = "report.html";
    public static final String JUNIT = "junit.xml";
    public static final String JSON = "result.json";
    public static final String OSCAL = "oscal.json";

    private ReportWriter() {}

    /**
     * Reads the record in a folder and writes {@code report.html}, {@code junit.xml} and {@code result.json} there.
     *
     * @throws IOException if there is no record, or the folder cannot be written
     */
    public static RunVerdict write(Path runFolder) throws IOException {
        return write(RunRecord.read(runFolder), runFolder);
    }

    /** Writes the same files for a run that was read already, and for drills those that the runbook names. */
    public static RunVerdict write(Run run, Path runFolder) throws IOException {
        write(runFolder.resolve(HTML), out -> HtmlReport.write(run, out));
        write(runFolder.resolve(JUNIT), out -> JunitXml.write(run, out));
        write(runFolder.resolve(JSON), out -> ResultJson.write(run, out));
        ChaosArtifacts.write(run, runFolder);
        return run.verdict();
    }

    /** Writes {@code oscal.json}, which refers to the evidence in {@code result.json}. */
    public static void writeOscal(Run run, Path runFolder) throws IOException {
        write(runFolder.resolve(OSCAL), out -> Oscal.write(run, out));
    }

    @FunctionalInterface
    private interface Content {
        void to(Writer out) throws IOException;
    }

    /** A reader never sees half a report: it is written under another name first. */
    private static void write(Path file, Content content) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (var out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
                content.to(out);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
