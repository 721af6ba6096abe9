package com.openagents.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens the report in Chromium, where there is one. */
class ReportInBrowserTest {
    private static final String DARK = "--blink-settings=preferredColorScheme=0";
    private static final String LIGHT = "--blink-settings=preferredColorScheme=1";
    private static final String AXE = """
            <pre id="axe"></pre><script>
            document.querySelectorAll('details').forEach((fold) => { fold.open = true; });
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
              .then((result) => {
                document.getElementById('axe').textContent = 'scheme '
                  + (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
                  + ', passed ' + (result.passes.length > 20) + '\\n'
                  + result.violations.map((rule) => rule.id + ': ' + rule.nodes.map((node) => node.html).join(' ')).join('\\n');
              });
            </script></body>
            """;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path folder;

    private String browser;

    @BeforeEach
    void find_a_browser() {
        var found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        assumeThat(found)
                .as("Chromium on the PATH (Debian: apt-get install chromium)")
                .isPresent();
        browser = found.orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "light, finished",
        "dark, finished",
        "light, killed",
        "dark, killed",
        "light, waived",
        "dark, waived",
        "light, remembered",
        "dark, remembered",
        "light, merged",
        "dark, merged"
    })
    void axe_finds_nothing_to_object_to(String scheme, String name) throws Exception {
        var record = switch (name) {
            case "killed" -> SampleRecord.killed();
            case "waived" -> SampleWaivers.record();
            case "remembered" -> SampleHistory.record();
            case "merged" -> merged();
            default -> SampleRecord.finished();
        };
        // The page's own policy would keep axe out.
        var page = html(record)
                .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                .replace("</body>", "<script>" + axe().replace("</script", "<\\/script") + "</script>\n" + AXE);

        var dom = open(page, List.of(scheme.equals("dark") ? DARK : LIGHT, "--virtual-time-budget=60000"));

        assertThat(Pattern.compile("(?s)<pre id=\"axe\">(.*?)</pre>")
                        .matcher(dom)
                        .results()
                        .findFirst())
                .hasValueSatisfying(hit -> assertThat(hit.group(1)).isEqualTo("scheme " + scheme + ", passed true\n"));
    }

    @Test
    void the_script_may_run_and_offers_the_filter() throws Exception {
        var dom = open(html(SampleRecord.finished()), List.of());

        assertThat(dom).contains("13 of 13 shown").doesNotContain("<form id=\"tools\" hidden");
    }

    @Test
    void without_script_the_filter_is_not_offered_and_nothing_else_is_missing() throws Exception {
        var page = html(SampleRecord.finished());

        var dom = open(page.replaceFirst("script-src [^\"]*", "script-src &#39;none&#39;"), List.of());

        assertThat(dom).contains("<form id=\"tools\" hidden").doesNotContain("13 of 13 shown");
        assertThat(PageText.of(dom)).isEqualTo(PageText.of(page));
    }

    private String merged() throws IOException {
        var one = PlayedRun.on(21).shard("1/3").passes("A pod").passes("A queue");
        var other = PlayedRun.on(22).shard("2/3").fails("A pod").cannotCheck("A lease");
        MergedRecord.write(
                "merged",
                List.of(
                        new MergedRecord.Source(one.run(), one.in(folder)),
                        new MergedRecord.Source(other.run(), other.in(folder))),
                folder);
        return Files.readString(folder.resolve(RunRecord.FILE));
    }

    private String open(String page, List<String> more) throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("page.html"), page);
        var dom = folder.resolve("dom.html");
        var command = new ArrayList<>(List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom"));
        command.addAll(more);
        command.add(file.toUri().toString());
        var process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("Chromium came to an end")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(dom);
    }

    private static String html(String record) throws IOException {
        var html = new StringWriter();
        HtmlReport.write(RunRecord.read(new StringReader(record)), html);
        return html.toString();
    }

    private static String axe() throws IOException {
        try (var in = Optional.ofNullable(ReportInBrowserTest.class.getResourceAsStream("/axe.min.js"))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
