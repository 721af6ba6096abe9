package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.cli.Main;
import com.openagents.runbook.report.Failure;
import com.openagents.runbook.report.Run;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of the table of faults: put into a replica of its own, the fault makes exactly the named scenarios fail, and the
 * run says the words.
 */
record FaultRow(String fault, String sections, int exit, List<String> scenarios, List<String> words) {
    private static final Path TABLE = Path.of("src/test/resources/com/openagents/runbook/faults.csv");

    /** The alerts of these sections take a Prometheus, and fire when they please: only rows that say so watch them. */
    private static final String WITHOUT_ALERTS =
            "not (@alert and (@section-4A or @section-4B or @section-4C or @section-4D or @section-4E or @section-4F))";

    private static final String INCIDENT = "incident ";

    private static final String TOGETHER = "together ";

    /** A pattern of names, to prove some of the faults only. */
    private static final String CHOSEN = "runbook.faults";

    /** What is said where a drill could not put everything back. */
    private static final String LEFT_CHANGED = "Everything is as it was before the drill";

    /** What needs neither traffic nor Prometheus. */
    private static final List<String> QUICK = List.of("1", "9");

    static Stream<FaultRow> table() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.startsWith("#"))
                .map(FaultRow::parse);
    }

    /** The rows that are played together, in the order of their incidents. */
    static Stream<List<FaultRow>> incidents() throws IOException {
        return table()
                .filter(row -> row.incident().isPresent())
                .collect(Collectors.groupingBy(row -> row.incident().orElseThrow(), TreeMap::new, Collectors.toList()))
                .values()
                .stream();
    }

    /** The rows that are proved by a run each, or together with others by one; those chosen by name are proved alone. */
    static Stream<List<FaultRow>> runs(Predicate<FaultRow> which) throws IOException {
        var chosen = Optional.ofNullable(System.getProperty(CHOSEN)).map(Pattern::compile);
        return table()
                .filter(row -> row.incident().isEmpty() && which.test(row))
                .filter(row ->
                        chosen.map(names -> names.matcher(row.fault).matches()).orElse(true))
                .collect(Collectors.groupingBy(
                        row -> chosen.isPresent()
                                ? row.toString()
                                : row.together().orElse(row.toString()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream();
    }

    private static FaultRow parse(String line) {
        var cells = Arrays.stream(line.split("\\|", 5)).map(String::strip).toList();
        return new FaultRow(
                cells.get(0),
                cells.get(1),
                Integer.parseInt(cells.get(2)),
                split(cells.get(3), "&&"),
                split(cells.get(4), ";;"));
    }

    private static List<String> split(String cell, String separator) {
        return Arrays.stream(cell.split(separator)).map(String::strip).toList();
    }

    /** Whether it shows in sections 2 to 4, which watch traffic, and so take longer. */
    boolean watchesTraffic() {
        return split(sections, ",").stream().anyMatch(section -> section.matches("[234].*"));
    }

    /** All of the rows have the same sections and the same exit. */
    static void prove(List<FaultRow> rows, Path output) throws IOException {
        var first = rows.get(0);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.arguments()).isEqualTo(first.arguments());
            assertThat(row.exit).isEqualTo(first.exit);
        });
        prove(rows, "run", first.arguments(), first.exit, output);
    }

    /** The faults of one incident, put in together, found, and taken away until the exit criteria hold. */
    static void rehearse(List<FaultRow> rows, Path output) throws IOException {
        var sections = rows.stream()
                .flatMap(row -> split(row.sections, ",").stream())
                .filter(section -> !section.startsWith(INCIDENT))
                .distinct()
                .flatMap(section -> Stream.of("--section", section))
                .toList();
        prove(rows, "rehearse", sections, 0, output);
    }

    private static void prove(List<FaultRow> rows, String command, List<String> chosen, int status, Path output)
            throws IOException {
        var terminal = new StringWriter();
        var out = new PrintWriter(terminal, true);
        var arguments = new ArrayList<>(List.of(command, "--output", output.toString()));
        rows.forEach(row -> arguments.addAll(List.of("--fault", row.fault)));
        arguments.addAll(chosen);

        int exit = Main.commandLine().setOut(out).setErr(out).execute(arguments.toArray(String[]::new));

        assertThat(exit).as(terminal::toString).isEqualTo(status);
        assertThat(terminal.toString())
                .contains(rows.stream().flatMap(row -> row.words.stream()).toList());
        var record = RunRecord.read(firstRun(output));
        if (rows.size() > 1) {
            rows.forEach(row -> row.assertSaidOfItsScenarios(record));
        }
        if (rows.stream().allMatch(row -> row.isDrill() && !row.words.contains(LEFT_CHANGED))) {
            assertThat(terminal.toString()).doesNotContain(LEFT_CHANGED);
        }
        rows.stream()
                .filter(row -> row.isDrill() && !row.words.contains(LEFT_CHANGED))
                .forEach(row -> assertThat(row.findings(record)).as(row.fault).doesNotContain(LEFT_CHANGED));
        var verdict = status == 3 ? Verdict.INCOMPLETE : Verdict.FAILED;
        assertThat(record.scenarios().stream()
                        .filter(scenario -> scenario.verdict() == verdict)
                        .map(ScenarioResult::name))
                .as(terminal::toString)
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .flatMap(row -> row.scenarios.stream())
                        .distinct()
                        .toList());
    }

    /** Where others fail too, what is said of this one is said where it shows, and not of another. */
    private void assertSaidOfItsScenarios(Run record) {
        assertThat(findings(record)).as(fault).contains(words);
    }

    /** What was said of its scenarios. */
    private String findings(Run record) {
        return record.scenarios().stream()
                .filter(scenario -> scenarios.contains(scenario.name()))
                .flatMap(scenario -> scenario.failures().stream())
                .map(Failure::message)
                .collect(Collectors.joining("\n"));
    }

    /** The run that found the fault, which may have been taken away and looked for again since. */
    private static Path firstRun(Path output) throws IOException {
        try (var runs = Files.list(output)) {
            return runs.filter(run -> Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The number of the incident that it is part of, empty if it is proved alone. */
    Optional<String> incident() {
        return marked(INCIDENT);
    }

    /** The number of those that it is put in together with. */
    Optional<String> together() {
        return marked(TOGETHER);
    }

    private Optional<String> marked(String word) {
        return split(sections, ",").stream()
                .filter(section -> section.startsWith(word))
                .findFirst();
    }

    boolean isDrill() {
        return sections.startsWith("@drill");
    }

    private List<String> arguments() {
        var arguments = new ArrayList<String>();
        if (watchesTraffic()) {
            arguments.addAll(List.of("--tags", WITHOUT_ALERTS));
        }
        for (var chosen : split(sections, ",")) {
            if (chosen.startsWith(TOGETHER)) {
                continue;
            }
            if (chosen.startsWith("@")) {
                arguments.addAll(List.of("--tags", chosen));
            } else if (chosen.equals("quick")) {
                QUICK.forEach(section -> arguments.addAll(List.of("--section", section)));
                arguments.addAll(List.of("--tags", "not @local"));
            } else {
                arguments.addAll(List.of("--section", chosen));
            }
        }
        return arguments;
    }

    @Override
    public String toString() {
        return isDrill() ? fault + " " + split(sections, ",").get(0) : fault;
    }
}
