package com.openagents.runbook.bench;

import com.openagents.runbook.cli.Main;
import com.openagents.runbook.report.LargeRecord;
import com.openagents.runbook.report.LargeRecord.Seen;
import com.openagents.runbook.report.ReportWriter;
import com.openagents.runbook.report.RunRecord;
import io.cucumber.htmlformatter.MessagesToHtmlWriter;
import io.cucumber.messages.ndjson.Deserializer;
import io.cucumber.messages.ndjson.Serializer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Our report beside Cucumber's own of the same messages, each written by a program of its own. */
public final class ReportBench {
    private static final int ROUNDS = 3;
    private static final List<Integer> HEAPS =
            List.of(8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1_024, 2_048);
    private static final Map<Seen, String> KINDS = kinds();

    private final Path folder;
    private final PrintStream out;
    private final Browser browser;

    private ReportBench(Path folder, Browser browser, PrintStream out) {
        this.folder = folder;
        this.browser = browser;
        this.out = out;
    }

    /** Without the name of a task the whole benchmark, otherwise that task in this program. */
    public static void main(String[] arguments) throws Exception {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "make" ->
                LargeRecord.write(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Seen.valueOf(arguments[3]));
            case "ours" -> timed(() -> LargeRecord.page(Path.of(arguments[1])));
            case "cucumber" -> timed(() -> cucumber(Path.of(arguments[1])));
            default -> all(arguments);
        }
    }

    private static void all(String[] counts) throws Exception {
        var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-report-");
        try {
            var bench = new ReportBench(folder, Browser.find(folder), System.out);
            bench.head();
            for (var count : counts.length == 0 ? new String[] {"100", "1000", "5000"} : counts) {
                for (var seen : KINDS.keySet()) {
                    bench.compare(Integer.parseInt(count), seen);
                }
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Map<Seen, String> kinds() {
        var kinds = new LinkedHashMap<Seen, String>();
        kinds.put(Seen.ONE_POD, "one row");
        kinds.put(Seen.SAME_LOGS, "3 x 10 KB, the same");
        kinds.put(Seen.OWN_LOGS, "3 x 10 KB, its own");
        return kinds;
    }

    private static void cucumber(Path folder) throws IOException {
        var deserializer = new Deserializer();
        try (var lines = Files.lines(folder.resolve(RunRecord.FILE));
                var page = MessagesToHtmlWriter.builder(new Serializer()::writeValue)
                        .build(Files.newOutputStream(folder.resolve("cucumber.html")))) {
            for (var line : (Iterable<String>) lines::iterator) {
                page.write(deserializer.readValue(line));
            }
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void timed(Work work) throws IOException {
        long from = System.nanoTime();
        work.run();
        System.out.println((System.nanoTime() - from) / 1_000_000);
    }

    private void head() {
        out.println("medians of " + ROUNDS + "; each cell: runbook / Cucumber's formatter = ratio");
        row(
                "scenarios",
                "evidence",
                "page alone, ms",
                "whole program, ms",
                "size, kB",
                "smallest heap, MB",
                "opens in, ms");
    }

    private void row(Object... cells) {
        out.printf("%-9s  %-20s  %-22s  %-22s  %-26s  %-20s  %s%n", cells);
    }

    private void compare(int scenarios, Seen seen) throws Exception {
        var program = new Program(ReportBench.class);
        program.run("2g", "make", folder.toString(), String.valueOf(scenarios), seen.name());
        var page = new Pair(
                median(() -> Long.parseLong(
                        program.run("2g", "ours", folder.toString()).output().strip())),
                median(() -> Long.parseLong(program.run("2g", "cucumber", folder.toString())
                        .output()
                        .strip())));
        var report = new Program(Main.class);
        var whole = new Pair(
                median(() -> report.run("2g", "report", folder.toString()).millis()),
                median(() -> program.run("2g", "cucumber", folder.toString()).millis()));
        var size = new Pair(size(ReportWriter.HTML), size("cucumber.html"));
        var heap = new Pair(heap(report, "report"), heap(program, "cucumber"));
        var opens = new Pair(opens(ReportWriter.HTML), opens("cucumber.html"));
        row(scenarios, KINDS.get(seen), page, whole, size, heap, opens);
    }

    private long size(String page) throws IOException {
        return Files.size(folder.resolve(page)) / 1_000;
    }

    private long opens(String page) throws Exception {
        return Math.max(0, median(() -> browser.open(folder.resolve(page))) - median(browser::openNothing));
    }

    /** The smallest of {@link #HEAPS} in which it comes to its end. */
    private long heap(Program program, String task) throws Exception {
        int enough = HEAPS.size() - 1;
        for (int low = 0; low < enough; ) {
            int middle = (low + enough) / 2;
            if (program.worksIn(HEAPS.get(middle) + "m", task, folder.toString())) {
                enough = middle;
            } else {
                low = middle + 1;
            }
        }
        return HEAPS.get(enough);
    }

    @FunctionalInterface
    private interface Measured {
        long once() throws Exception;
    }

    private static long median(Measured measured) throws Exception {
        var times = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            times[i] = measured.once();
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }

    private record Pair(long ours, long cucumber) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%,d / %,d = %.2f", ours, cucumber, ours / (double) Math.max(1, cucumber));
        }
    }
}
