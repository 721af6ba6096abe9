package com.openagents.runbook.compliance;

import com.openagents.runbook.coverage.Coverage;
import com.openagents.runbook.environment.Environment;
import com.openagents.runbook.environment.EnvironmentProblem;
import com.openagents.runbook.environment.FileCache;
import com.openagents.runbook.report.Framework;
import com.openagents.runbook.report.Waiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The waivers and controls that a run begins with.
 *
 * @param waivers those for the environment of the run, whether they count now or not
 */
public record Compliance(List<Waiver> waivers, List<Framework> frameworks) {
    public Compliance {
        waivers = List.copyOf(waivers);
        frameworks = List.copyOf(frameworks);
    }

    /**
     * Reads {@code environments/controls.yaml} beside the features, and {@code waivers.yaml} there or beside the file of the
     * environment, which comes first; where there is no such file, there are none.
     *
     * @throws EnvironmentProblem if a file is wrong: file, line, expected, seen
     */
    public static Compliance of(Path features, Environment environment) {
        var waivers = environment.waivers(file(features, "waivers.yaml"));
        var inputs = List.of(
                features,
                runbook(features),
                waivers,
                file(features, "waivers.schema.json"),
                file(features, "controls.yaml"),
                file(features, "controls.schema.json"));
        return FileCache.ofLauncher()
                .get(
                        "compliance of " + environment.name() + ", waivers of " + environment.longestWaiver(),
                        inputs,
                        Compliance.class,
                        () -> read(features, environment, waivers));
    }

    private static Compliance read(Path features, Environment environment, Path waivers) {
        var known = known(features);
        return new Compliance(
                Files.exists(waivers)
                        ? WaiverFile.read(
                                waivers,
                                file(features, "waivers.schema.json"),
                                known,
                                environment.name(),
                                environment.longestWaiver())
                        : List.of(),
                frameworks(features, known));
    }

    /** What the record of the run must hold of them, by media type. */
    public Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put(Waiver.MEDIA_TYPE, Map.of("waivers", waivers));
        facts.put(Framework.MEDIA_TYPE, Map.of("frameworks", frameworks));
        return facts;
    }

    /**
     * What is missing between controls and scenarios, each gap in a line of its own.
     *
     * @throws EnvironmentProblem if a control names what does not exist
     */
    public static List<String> gaps(Path features) {
        var known = known(features);
        var gaps = new ArrayList<String>();
        for (var framework : frameworks(features, known)) {
            framework.controls().stream()
                    .filter(control -> control.known() == 0)
                    .forEach(control -> gaps.add(
                            "no scenario for " + framework.id() + "-" + control.id() + "  " + control.title()));
            known.without(framework).forEach(name -> gaps.add("no " + framework.id() + " control for  " + name));
        }
        return gaps;
    }

    private static List<Framework> frameworks(Path features, KnownScenarios known) {
        var controls = file(features, "controls.yaml");
        return Files.exists(controls) ? ControlFile.read(controls, known) : List.of();
    }

    private static KnownScenarios known(Path features) {
        return new KnownScenarios(Coverage.of(runbook(features), features));
    }

    private static Path runbook(Path features) {
        return features.resolveSibling("docs").resolve("runbook.md");
    }

    private static Path file(Path features, String name) {
        return features.resolveSibling("environments").resolve(name);
    }
}
