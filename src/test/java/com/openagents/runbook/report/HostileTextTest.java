package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import io.cucumber.messages.types.TestStepResultStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** What systems answer is not ours: it may try to run in the browser, steer the terminal or break the XML. */
class HostileTextTest {
    private static final String ATTACK =
            "<script>alert(1)</script>]]> \"'><img src=x onerror=alert(2)> {{verdict}} </style></script> & \u0000\u001b[31mred\u001b[0m";

    @Test
    void markup_in_any_text_stays_text() throws IOException {
        var html = html(attacked(ATTACK));

        assertThat(html)
                .containsOnlyOnce("<script>")
                .containsOnlyOnce("</script>")
                .containsOnlyOnce("</style>");
        assertThat(html).doesNotContain("<img").doesNotContain("\u0000").doesNotContain("\u001b");
        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;").contains("{{verdict}}");
    }

    @Test
    void nothing_but_the_pages_own_script_may_run() throws IOException {
        var html = html(attacked(ATTACK));

        assertThat(html)
                .contains("default-src &#39;none&#39;")
                .contains("script-src &#39;sha256-")
                .doesNotContain("unsafe-");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContainPattern("(src|href)=.?https?:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plain text, Grüße, 日本語, 👍🏽     | plain text, Grüße, 日本語, 👍🏽
                    a\\u001b[1;31mred\\u001b[0mb         | aredb
                    \\u001b]0;title\\u0007shell          | shell
                    bell\\u0007                         | bell␇
                    evil\\u202egnp.exe                  | evil‹U+202E›gnp.exe
                    lone\\ud800half                     | lone\ufffdhalf
                    end\\uffff                          | end‹U+FFFF›
                    no\\u200bspace                      | no‹U+200B›space
                    שלום עולם                          | שלום עולם
                    """)
    void what_steers_becomes_visible(String escaped, String shown) {
        assertThat(Text.visible(unescape(escaped))).isEqualTo(shown);
    }

    @Test
    void a_very_long_answer_is_cut_and_says_so() throws IOException {
        var rows = new String[1 + 200];
        rows[0] = "line";
        for (int i = 1; i < rows.length; i++) {
            rows[i] = "row" + i + "x".repeat(3_000);
        }
        var html = html(played(Outcome.passes().seeing("Log", "kubernetes", "kubectl logs", "", Map.of(), rows)));

        assertThat(html).contains("150 more rows are in the record").contains("more characters in the record");
        assertThat(html).contains("row50").doesNotContain("row51x");
    }

    @Property(tries = 200)
    void junit_xml_is_well_formed_with_any_text(@ForAll String text) throws Exception {
        var xml = new StringWriter();
        JunitXml.write(read(attacked(text)), xml);

        var document = parse(xml.toString());

        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(1);
    }

    @Property(tries = 1_000)
    void no_text_is_markup_once_it_is_escaped(@ForAll String text) {
        assertThat(Text.html(text)).doesNotContainPattern("[<>\"'\\x00-\\x08\\x0b-\\x1f\\x7f]");
    }

    @Test
    void every_text_of_the_page_is_escaped_but_its_own_style_and_script() {
        assertThat(Pattern.compile("\\{\\{[{&][^}]*")
                        .matcher(HtmlReport.resource("report.mustache"))
                        .results())
                .extracting(MatchResult::group)
                .containsExactly("{{{style.css", "{{{style.script");
    }

    @Test
    void a_finding_whose_text_cannot_be_taken_apart_is_still_a_finding() throws IOException {
        var torn = Outcome.of(TestStepResultStatus.FAILED, FindingError.class.getName(), "Pods are missing");

        var html = html(played(torn));

        assertThat(PageText.of(html)).contains("Pods are missing").doesNotContain("The runbook itself broke");
    }

    /** A record with the text wherever a text can be. */
    private static String attacked(String text) {
        var finding = new Finding("expected " + text, "seen", List.of(text + "."), "3.2", text, "kubectl " + text);
        return played(Outcome.finds(finding)
                .seeing(
                        text,
                        "kubernetes",
                        "kubectl " + text,
                        "threshold",
                        Map.of("server", text),
                        "column | other",
                        "a" + text.replace(" | ", "") + " | b"));
    }

    private static String played(Outcome outcome) {
        return new RecordMaker("2026-11-24T06:00:00Z")
                .runFacts("{\"runId\":" + RecordMaker.json("r" + ATTACK) + ",\"environment\":"
                        + RecordMaker.json(ATTACK) + "}")
                .feature("features/01.feature", "@section-1\nFeature: 1 Daily\nScenario: Healthy\n Given pods\n")
                .when("pods", outcome)
                .playAll()
                .finished();
    }

    private static Run read(String record) throws IOException {
        return RunRecord.read(new StringReader(record));
    }

    private static String html(String record) throws IOException {
        var html = new StringWriter();
        HtmlReport.write(read(record), html);
        return html.toString();
    }

    private static Document parse(String xml) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String unescape(String text) {
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(
                        hit -> Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(hit.group(1), 16))));
    }
}
