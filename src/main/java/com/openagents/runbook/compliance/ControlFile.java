package com.openagents.runbook.compliance;

import com.openagents.runbook.environment.CheckedYaml;
import com.openagents.runbook.environment.EnvironmentProblem;
import com.openagents.runbook.report.Framework;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads {@code controls.yaml}: which part of the runbook stands for which control of which framework. */
final class ControlFile {
    private final CheckedYaml file;
    private final KnownScenarios known;
    private final List<String> problems = new ArrayList<>();

    private ControlFile(CheckedYaml file, KnownScenarios known) {
        this.file = file;
        this.known = known;
    }

    /** As the file has it; what is left out is null. */
    record Entry(String id, String title, List<String> statements, List<String> scenarios) {}

    record Part(String id, String title, List<Entry> controls) {}

    record Content(List<Part> frameworks) {}

    /** @throws EnvironmentProblem if a control names what does not exist: file, line, expected, seen */
    static List<Framework> read(Path file, KnownScenarios known) {
        var yaml = CheckedYaml.read(file, file.resolveSibling("controls.schema.json"));
        return new ControlFile(yaml, known).frameworks();
    }

    private List<Framework> frameworks() {
        var frameworks = new ArrayList<Framework>();
        int index = 0;
        var seen = new HashSet<String>();
        for (var part : file.as(Content.class).frameworks()) {
            var place = "/frameworks/" + index++;
            if (!seen.add(part.id())) {
                problems.add(file.problem(place + "/id", "framework " + part.id() + " stands here twice"));
            }
            frameworks.add(new Framework(part.id(), part.title(), controls(place + "/controls/", part)));
        }
        if (!problems.isEmpty()) {
            throw new EnvironmentProblem(problems);
        }
        return frameworks;
    }

    private List<Framework.Control> controls(String at, Part part) {
        var controls = new ArrayList<Framework.Control>();
        var seen = new HashSet<String>();
        int index = 0;
        for (var entry : part.controls()) {
            var place = at + index++;
            if (!seen.add(entry.id())) {
                problems.add(file.problem(place + "/id", "control " + entry.id() + " stands here twice"));
            }
            controls.add(control(place, entry));
        }
        return controls;
    }

    private Framework.Control control(String place, Entry entry) {
        var statements = Optional.ofNullable(entry.statements()).orElse(List.of());
        var scenarios = Optional.ofNullable(entry.scenarios()).orElse(List.of());
        for (int i = 0; i < statements.size(); i++) {
            problem(place + "/statements/" + i, known.unknownStatement(statements.get(i)));
        }
        for (int i = 0; i < scenarios.size(); i++) {
            problem(place + "/scenarios/" + i, known.unknownScenario(scenarios.get(i)));
        }
        var control = new Framework.Control(entry.id(), entry.title(), statements, scenarios, 0);
        return new Framework.Control(entry.id(), entry.title(), statements, scenarios, known.count(control));
    }

    private void problem(String place, Optional<String> words) {
        words.ifPresent(text -> problems.add(file.problem(place, text)));
    }
}
