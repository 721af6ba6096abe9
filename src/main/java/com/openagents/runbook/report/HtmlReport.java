package com.openagents.runbook.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** One file that needs no network, no script and no other file: for the auditor who opens it a year later. */
final class HtmlReport {
    private static final Template TEMPLATE = Mustache.compiler()
            .emptyStringIsFalse(true)
            .withFormatter(HtmlReport::text)
            .withEscaper(Text::html)
            .withLoader(part -> new StringReader(resource(part + ".mustache")))
            .compile(resource("report.mustache"));

    private HtmlReport() {}

    /** Writes the report; the writer stays open. */
    static void write(Run run, Writer out) {
        TEMPLATE.execute(new HtmlView(run), out);
    }

    /** Whether a value counts as empty is seen by its text, and that of a record would be all that it holds. */
    private static String text(Object value) {
        return value instanceof Record ? value.getClass().getSimpleName() : String.valueOf(value);
    }

    static String resource(String name) {
        try (var in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
