package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.cli.Main;
import com.openagents.runbook.environment.Faults;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of the replica makes the whole runbook fail in exactly the intended scenario, with the right finding. */
class FaultsProof {
    private static final Path TABLE = Path.of("src/test/resources/com/openagents/runbook/faults.csv");

    /** What needs neither traffic nor Prometheus. */
    private static final List<String> QUICK = List.of("1", "9");

    @TempDir
    private Path output;

    private record Row(String fault, String sections, int exit, List<String> scenarios, List<String> words) {
        static Row parse(String line) {
            var cells = Arrays.stream(line.split("\\|", 5)).map(String::strip).toList();
            return new Row(
                    cells.get(0),
                    cells.get(1),
                    Integer.parseInt(cells.get(2)),
                    split(cells.get(3), "&&"),
                    split(cells.get(4), ";;"));
        }

        private static List<String> split(String cell, String separator) {
            return Arrays.stream(cell.split(separator)).map(String::strip).toList();
        }

        @Override
        public String toString() {
            return fault;
        }
    }

    static Stream<Row> table() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Row::parse);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void exactly_the_intended_scenario_fails(Row row) throws IOException {
        var terminal = new StringWriter();
        var out = new PrintWriter(terminal, true);

        var arguments = new ArrayList<>(List.of("run", "--fault", row.fault(), "--output", output.toString()));
        if (row.sections().equals("quick")) {
            QUICK.forEach(section -> arguments.addAll(List.of("--section", section)));
            arguments.addAll(List.of("--tags", "not @local"));
        } else {
            Row.split(row.sections(), ",").forEach(section -> arguments.addAll(List.of("--section", section)));
        }
        int exit = Main.commandLine().setOut(out).setErr(out).execute(arguments.toArray(String[]::new));

        assertThat(exit).as(terminal::toString).isEqualTo(row.exit());
        assertThat(terminal.toString()).contains(row.words());
        var verdict = row.exit() == 3 ? Verdict.INCOMPLETE : Verdict.FAILED;
        assertThat(with(verdict)).as(terminal::toString).containsExactlyInAnyOrderElementsOf(row.scenarios());
    }

    @Test
    void every_fault_is_proved() throws IOException {
        assertThat(table().map(Row::fault))
                .containsExactlyInAnyOrderElementsOf(
                        Faults.all().stream().map(Faults.Entry::id).toList());
    }

    @Test
    void every_scenario_can_fail() throws IOException {
        Set<String> proved = table().filter(row -> row.exit() == 1)
                .flatMap(row -> row.scenarios().stream())
                .collect(Collectors.toSet());
        try (var features = Files.list(Path.of("features"))) {
            for (var feature : features.toList()) {
                assertThat(Files.readAllLines(feature).stream()
                                .map(String::strip)
                                .filter(line -> line.startsWith("Scenario: "))
                                .map(line -> line.substring("Scenario: ".length())))
                        .isSubsetOf(proved);
            }
        }
    }

    private List<String> with(Verdict verdict) throws IOException {
        return RunRecord.read(output.resolve("latest")).scenarios().stream()
                .filter(scenario -> scenario.verdict() == verdict)
                .map(ScenarioResult::name)
                .toList();
    }
}
