package com.openagents.runbook.compliance;

import com.openagents.runbook.environment.CheckedYaml;
import com.openagents.runbook.environment.EnvironmentProblem;
import com.openagents.runbook.report.Waiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code waivers.yaml}. A waiver that is not as agreed is an error of the configuration, not one that is left out. */
final class WaiverFile {
    private final CheckedYaml file;
    private final KnownScenarios known;
    private final List<String> problems = new ArrayList<>();

    private WaiverFile(CheckedYaml file, KnownScenarios known) {
        this.file = file;
        this.known = known;
    }

    /** As the file has it; what is left out is null. */
    record Entry(
            String scenario,
            String statement,
            List<String> environments,
            String owner,
            String approver,
            String ticket,
            String reason,
            String risk,
            String from,
            String until) {

        boolean isFor(String environment) {
            return environments == null || environments.contains(environment);
        }
    }

    record Content(List<Entry> waivers) {}

    /**
     * The waivers for an environment.
     *
     * @param longest how long a waiver may be there
     * @throws EnvironmentProblem if a waiver is not as agreed: file, line, expected, seen
     */
    static List<Waiver> read(Path file, Path schema, KnownScenarios known, String environment, Duration longest) {
        var yaml = CheckedYaml.read(file, schema);
        return new WaiverFile(yaml, known).waivers(environment, longest);
    }

    private List<Waiver> waivers(String environment, Duration longest) {
        var waivers = new ArrayList<Waiver>();
        int index = 0;
        for (var entry : file.as(Content.class).waivers()) {
            var at = "/waivers/" + index++;
            subject(at, entry);
            people(at, entry);
            var from = instant(at + "/from", entry.from());
            var until = instant(at + "/until", entry.until());
            if (from.isPresent() && until.isPresent()) {
                length(at, entry.isFor(environment) ? longest : null, from.get(), until.get(), environment);
                if (entry.isFor(environment)) {
                    waivers.add(waiver("W" + index, entry, from.get(), until.get()));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new EnvironmentProblem(problems);
        }
        return waivers;
    }

    private static Waiver waiver(String id, Entry entry, Instant from, Instant until) {
        return new Waiver(
                id,
                Optional.ofNullable(entry.scenario()).orElse(""),
                Optional.ofNullable(entry.statement()).orElse(""),
                Optional.ofNullable(entry.environments()).orElse(List.of()),
                entry.owner(),
                entry.approver(),
                entry.ticket(),
                entry.reason(),
                entry.risk(),
                from,
                until);
    }

    private void subject(String at, Entry entry) {
        if ((entry.scenario() == null) == (entry.statement() == null)) {
            problem(
                    at,
                    "expected either 'scenario' or 'statement', seen " + (entry.scenario() == null ? "none" : "both"));
        } else if (entry.scenario() != null) {
            known.unknownScenario(entry.scenario()).ifPresent(words -> problem(at + "/scenario", words));
        } else {
            known.uncheckedStatement(entry.statement()).ifPresent(words -> problem(at + "/statement", words));
        }
    }

    private void people(String at, Entry entry) {
        if (entry.owner().strip().equalsIgnoreCase(entry.approver().strip())) {
            problem(at + "/approver", "expected somebody else than the owner, seen '" + entry.approver() + "' twice");
        }
    }

    /** The schema has seen that it is written like one. */
    private Optional<Instant> instant(String at, String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            problem(at, "there is no such day or time: " + text);
            return Optional.empty();
        }
    }

    private void length(String at, Duration longest, Instant from, Instant until, String environment) {
        if (!from.isBefore(until)) {
            problem(at + "/until", "expected a time after 'from', seen " + until);
        } else if (longest != null && Duration.between(from, until).compareTo(longest) > 0) {
            problem(
                    at + "/until",
                    "expected at most " + words(longest) + " after 'from', as environment '" + environment
                            + "' has it (waivers: longest), seen " + words(Duration.between(from, until)));
        }
    }

    private static String words(Duration duration) {
        var rest = duration.minusDays(duration.toDays());
        var days = duration.toDays() + " days";
        return rest.isZero() ? days : days + " and " + rest.toSeconds() + " s";
    }

    private void problem(String at, String words) {
        problems.add(file.problem(at, words));
    }
}
