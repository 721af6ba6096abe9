package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class JunitXmlTest {

    @Test
    void counts_what_a_build_server_counts() throws Exception {
        var xml = xml(SampleRecord.finished());

        assertThat(at(xml, "/testsuites/@tests")).isEqualTo("13");
        assertThat(at(xml, "/testsuites/@failures")).isEqualTo("1");
        assertThat(at(xml, "/testsuites/@errors")).isEqualTo("1");
        assertThat(at(xml, "/testsuites/@skipped")).isEqualTo("3");
        assertThat(at(xml, "count(//failure)")).isEqualTo("1");
        assertThat(at(xml, "count(//error)")).isEqualTo("1");
        assertThat(at(xml, "count(//skipped)")).isEqualTo("3");
    }

    @Test
    void an_incomplete_scenario_is_no_plain_pass_and_names_its_verdict() throws Exception {
        var xml = xml(SampleRecord.finished());
        var testCase = "//testcase[@name='The dashboard has been imported']";

        assertThat(at(xml, testCase + "/skipped/@message")).startsWith("incomplete: This environment names no Grafana");
        assertThat(at(xml, testCase + "//property[@name='verdict']/@value")).isEqualTo("incomplete");
        assertThat(at(xml, testCase + "//property[@name='severity']/@value")).isEqualTo("low");
        assertThat(at(xml, testCase + "//property[@name='environment']/@value")).isEqualTo("production");
    }

    @Test
    void a_failure_carries_the_finding_word_for_word() throws Exception {
        assertThat(at(xml(SampleRecord.finished()), "//failure"))
                .startsWith("Runtime pods are healthy: 1 of 3 pods is not ready\n  runtime-2   CrashLoopBackOff")
                .endsWith("See it: kubectl --context gke-prod -n openagents describe pod runtime-2");
    }

    @Test
    void a_waived_scenario_is_skipped_with_its_finding_and_says_who_answers() throws Exception {
        var xml = xml(SampleWaivers.record());
        var testCase = "//testcase[@name='Healthy']";

        assertThat(at(xml, testCase + "/skipped/@message"))
                .startsWith("waived: Runtime pods are healthy: 1 of 3 pods is not ready (W1 until 2027-01-01");
        assertThat(at(xml, testCase + "/skipped")).endsWith("See it: kubectl describe pod runtime-2");
        assertThat(at(xml, testCase + "//property[@name='verdict']/@value")).isEqualTo("waived");
        assertThat(at(xml, testCase + "//property[@name='waiver']/@value")).isEqualTo("W1");
        assertThat(at(xml, testCase + "//property[@name='waiver.owner']/@value"))
                .isEqualTo("j.doe");
        assertThat(at(xml, testCase + "//property[@name='waiver.until']/@value"))
                .isEqualTo("2027-01-01T00:00:00Z");
        assertThat(at(xml, testCase + "//property[@name='control']/@value")).isEqualTo("SOC2-A1.1");
        assertThat(at(xml, "/testsuites/@failures")).isEqualTo("1");
        assertThat(at(xml, "/testsuites/@skipped")).isEqualTo("2");
    }

    @Test
    void a_failure_says_which_waiver_expired() throws Exception {
        assertThat(at(xml(SampleWaivers.record()), "//testcase[@name='Told']/failure"))
                .contains("Waiver W4 (OPS-414, owner j.doe) expired 2026-11-20 00:00:00 UTC");
    }

    @Test
    void an_aborted_scenario_is_an_error() throws Exception {
        var xml = xml(SampleRecord.killed());

        assertThat(at(xml, "//testcase[@name='Migrations are complete']/error/@message"))
                .isEqualTo("aborted: Not started: the run ended before it");
        assertThat(at(xml, "//testsuite[@name='run']/testcase/error")).startsWith("The record breaks off");
    }

    @Test
    void an_empty_selection_is_an_error() throws Exception {
        var record = new RecordMaker("2026-11-24T06:00:00Z").runFacts().finished();

        assertThat(at(xml(record), "//testsuite[@name='run']/testcase/error")).isEqualTo("No scenario was selected");
    }

    @Test
    void a_run_that_ended_too_early_is_an_error_whatever_passed() throws Exception {
        var maker = new RecordMaker("2026-11-24T06:00:00Z").runFacts();

        assertThat(at(xml(maker.killed()), "//testsuite[@name='run']/testcase/error"))
                .isEqualTo("The run ended before its end");
        assertThat(at(xml(maker.killed()), "/testsuites/@errors")).isEqualTo("1");
    }

    private static Document xml(String record) throws Exception {
        var bytes = text(record).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    private static String text(String record) throws IOException {
        var out = new StringWriter();
        JunitXml.write(RunRecord.read(new StringReader(record)), out);
        return out.toString();
    }

    private static String at(Document document, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }
}
