package com.openagents.runbook.report;

import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The results as build servers read them: a suite for each section, a case for each scenario. Such a server knows no
 * {@code incomplete}, so the verdict always stands in a property of that name, and nothing unproven is a plain pass:
 * a finding is a {@code failure}; an error of the runbook and an aborted scenario are an {@code error}; incomplete,
 * waived and planned are {@code skipped} with the verdict and reason as message. What is wrong with the run itself, also an empty
 * selection, is an {@code error} in a suite called {@code run}.
 */
final class JunitXml {
    private final Run run;
    private final XMLStreamWriter xml;

    private JunitXml(Run run, XMLStreamWriter xml) {
        this.run = run;
        this.xml = xml;
    }

    /** Writes UTF-8; the writer stays open. */
    static void write(Run run, Writer out) {
        try {
            var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
            new JunitXml(run, xml).suites();
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write JUnit XML", e);
        }
    }

    private void suites() throws XMLStreamException {
        var ofRun = problems();
        var all = run.scenarios();
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        attribute("name", "OpenAgents runtime runbook");
        totals(all, ofRun.size(), run.took(), run.started());
        for (var section : run.sections()) {
            if (!section.scenarios().isEmpty()) {
                suite(section);
            }
        }
        if (!ofRun.isEmpty()) {
            problems(ofRun);
        }
        line(0);
        xml.writeEndElement();
        line(0);
        xml.writeEndDocument();
    }

    private List<String> problems() {
        if (!run.problems().isEmpty()) {
            return run.problems().stream().map(Problem::text).toList();
        } else if (run.verdict() == RunVerdict.NOTHING_SELECTED) {
            return List.of("No scenario was selected");
        }
        boolean told = run.tally().of(Verdict.ABORTED) > 0;
        return run.verdict() == RunVerdict.ABORTED && !told ? List.of("The run ended before its end") : List.of();
    }

    private void suite(Section section) throws XMLStreamException {
        var took = section.scenarios().stream().map(ScenarioResult::took).reduce(Duration.ZERO, Duration::plus);
        var started = section.scenarios().stream()
                .flatMap(one -> one.started().stream())
                .min(Instant::compareTo);
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", section.title());
        totals(section.scenarios(), 0, took, started);
        line(2);
        xml.writeStartElement("properties");
        property(3, "section", section.id());
        property(3, "run", run.facts().runId());
        property(3, "environment", run.facts().environment());
        property(3, "mode", run.facts().mode());
        end(2);
        for (var scenario : section.scenarios()) {
            testCase(scenario);
        }
        end(1);
    }

    private void testCase(ScenarioResult scenario) throws XMLStreamException {
        line(2);
        xml.writeStartElement("testcase");
        attribute("name", scenario.name());
        attribute("classname", "runbook.section-" + scenario.section());
        attribute("time", seconds(scenario.took()));
        attribute("file", scenario.uri());
        attribute("line", Long.toString(scenario.line()));
        line(3);
        xml.writeStartElement("properties");
        property(4, "section", scenario.section());
        property(4, "environment", run.facts().environment());
        property(4, "verdict", scenario.verdict().word());
        property(4, "severity", scenario.severity());
        for (var statement : scenario.statements()) {
            property(4, "statement", statement);
        }
        for (var control : scenario.controls()) {
            property(4, "control", control);
        }
        var waiver = scenario.waiver().flatMap(run::waiver);
        if (waiver.isPresent()) {
            properties(waiver.get());
        }
        end(3);
        outcome(scenario);
        end(2);
    }

    private void outcome(ScenarioResult scenario) throws XMLStreamException {
        switch (scenario.verdict()) {
            case FAILED -> failures(scenario);
            case ABORTED -> problem("error", "aborted", "aborted: " + scenario.reason(), details(scenario));
            case WAIVED -> waived(scenario);
            case INCOMPLETE, PLANNED -> {
                line(3);
                xml.writeEmptyElement("skipped");
                attribute("message", scenario.verdict().word() + ": " + scenario.reason());
            }
            case PASSED -> {
                // A case without a child is a pass.
            }
        }
    }

    private void properties(Waiver waiver) throws XMLStreamException {
        property(4, "waiver", waiver.id());
        property(4, "waiver.owner", waiver.owner());
        property(4, "waiver.approver", waiver.approver());
        property(4, "waiver.ticket", waiver.ticket());
        property(4, "waiver.reason", waiver.reason());
        property(4, "waiver.risk", waiver.risk());
        property(4, "waiver.until", waiver.until().toString());
    }

    /** The finding is not lost: it is the text. */
    private void waived(ScenarioResult scenario) throws XMLStreamException {
        var waiver = scenario.waiver().flatMap(run::waiver).map(Waiver::text).orElse("");
        var found = scenario.failures().isEmpty() ? scenario.reason() : details(scenario);
        line(3);
        xml.writeStartElement("skipped");
        attribute("message", "waived: " + found.lines().findFirst().orElse("") + " (" + waiver + ")");
        xml.writeCharacters(Text.visible(found));
        xml.writeEndElement();
    }

    /** Readers take one outcome for each case, so further failures are told in the text of the first. */
    private void failures(ScenarioResult scenario) throws XMLStreamException {
        var first = scenario.failures().get(0);
        problem(
                first.ofTheSystem() ? "failure" : "error",
                first.type(),
                first.message().lines().findFirst().orElse(""),
                details(scenario));
    }

    /** Everything that failed, and why no waiver counts. */
    private static String details(ScenarioResult scenario) {
        var texts = scenario.failures().stream().map(Failure::message);
        var reason =
                Stream.of(scenario.reason()).filter(text -> scenario.verdict() == Verdict.FAILED && !text.isEmpty());
        return Stream.concat(texts, reason).collect(Collectors.joining("\n\n"));
    }

    private void problem(String element, String type, String message, String text) throws XMLStreamException {
        line(3);
        xml.writeStartElement(element);
        attribute("type", type);
        attribute("message", message);
        xml.writeCharacters(Text.visible(text));
        xml.writeEndElement();
    }

    private void problems(List<String> texts) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", "run");
        totals(List.of(), texts.size(), Duration.ZERO, run.started());
        for (var text : texts) {
            line(2);
            xml.writeStartElement("testcase");
            attribute("name", text.lines().findFirst().orElse(""));
            attribute("classname", "runbook.run");
            attribute("time", seconds(Duration.ZERO));
            problem("error", "run", text.lines().findFirst().orElse(""), text);
            end(2);
        }
        end(1);
    }

    private void totals(Collection<ScenarioResult> scenarios, int more, Duration took, Optional<Instant> started)
            throws XMLStreamException {
        var tally = Tally.of(scenarios);
        long broken = scenarios.stream().filter(JunitXml::isError).count();
        attribute("tests", Integer.toString(tally.total() + more));
        attribute("failures", Long.toString(tally.of(Verdict.FAILED) + tally.of(Verdict.ABORTED) - broken));
        attribute("errors", Long.toString(broken + more));
        attribute(
                "skipped",
                Integer.toString(tally.of(Verdict.INCOMPLETE) + tally.of(Verdict.WAIVED) + tally.of(Verdict.PLANNED)));
        attribute("time", seconds(took));
        if (started.isPresent()) {
            attribute("timestamp", started.get().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    private static boolean isError(ScenarioResult scenario) {
        return scenario.verdict() == Verdict.ABORTED
                || (scenario.verdict() == Verdict.FAILED
                        && !scenario.failures().get(0).ofTheSystem());
    }

    private void property(int depth, String name, String value) throws XMLStreamException {
        if (!value.isEmpty()) {
            line(depth);
            xml.writeEmptyElement("property");
            attribute("name", name);
            attribute("value", value);
        }
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Text.visible(value).replace('\n', ' '));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private void end(int depth) throws XMLStreamException {
        line(depth);
        xml.writeEndElement();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
