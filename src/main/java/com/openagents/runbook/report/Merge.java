package com.openagents.runbook.report;

import com.openagents.runbook.report.history.EarlierRuns;
import com.openagents.runbook.report.history.History;
import com.openagents.runbook.report.history.PastRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Makes one run of several that fit together. */
final class Merge {
    private final List<Run> runs;
    private final List<Merged.Part> parts;

    private Merge(List<Run> runs, Map<String, String> hashes) {
        this.runs = runs.stream()
                .sorted(Comparator.comparing((Run run) -> run.started().orElse(Instant.MAX))
                        .thenComparing(run -> run.facts().runId()))
                .toList();
        this.parts = this.runs.stream()
                .map(run -> Merged.Part.of(run, hashes.getOrDefault(run.facts().runId(), "")))
                .toList();
    }

    /**
     * The run that they are together.
     *
     * @param hashes of their records, by run id, which were held against the records
     * @param missing what is wrong with the record that holds them
     */
    static Run of(String runId, List<Run> runs, Map<String, String> hashes, List<Problem> missing, String sha256) {
        if (runs.isEmpty()) {
            var nothing = new Messages(new ChainCheck());
            missing.forEach(nothing::problem);
            return nothing.run(sha256);
        }
        return new Merge(runs, hashes).run(runId, missing, sha256);
    }

    private Run run(String runId, List<Problem> missing, String sha256) {
        var sections = new MergedSections(runs, parts);
        return new Run(
                facts(runId),
                identities(),
                phases(),
                sections.all(),
                problems(missing),
                waivers(sections.all()),
                runs.get(0).frameworks(),
                EvidenceStore.of(runs.stream().map(Run::evidence).toList()),
                runs.stream().allMatch(Run::finished),
                runs.stream().flatMap(run -> run.started().stream()).min(Comparator.naturalOrder()),
                runs.stream().flatMap(run -> run.ended().stream()).max(Comparator.naturalOrder()),
                runs.stream().mapToInt(Run::otherAttachments).sum(),
                earlier(),
                provenance(),
                new Merged(parts, sections.several()),
                sha256);
    }

    /** How the waivers stood when the last of them began; what one of them held stays held. */
    private List<WaiverUse> waivers(List<Section> sections) {
        var known = runs.stream()
                .flatMap(run -> run.waivers().stream())
                .map(WaiverUse::waiver)
                .distinct()
                .toList();
        var last = runs.stream().flatMap(run -> run.started().stream()).max(Comparator.naturalOrder());
        return new Waivers(known, last)
                .uses(sections.stream()
                        .flatMap(section -> section.scenarios().stream())
                        .toList());
    }

    private RunFacts facts(String runId) {
        var first = runs.get(0).facts();
        return new RunFacts(
                runId,
                first.environment(),
                first.kind(),
                selection(),
                String.join(", ", distinct(facts -> facts.startedBy())),
                first.suiteVersion(),
                first.runbookHash(),
                first.featureHash(),
                first.namespace(),
                first.mode(),
                first.must());
    }

    /** All that any of them selected; each alone is in its own part of the record. */
    private RunFacts.Selection selection() {
        var selections = runs.stream().map(run -> run.facts().selection()).toList();
        boolean whole = selections.stream().anyMatch(one -> one.sections().isEmpty());
        var sections = new LinkedHashSet<String>();
        selections.forEach(one -> sections.addAll(whole ? List.of() : one.sections()));
        var tags = distinct(facts -> facts.selection().tags());
        return new RunFacts.Selection(
                List.copyOf(sections),
                tags.size() == 1 ? tags.get(0) : tags.contains("") ? "" : "(" + String.join(") or (", tags) + ")",
                selections.get(0).faults(),
                String.join(", ", MergeFit.shards(runs).distinct().toList()));
    }

    private List<String> distinct(Function<RunFacts, String> fact) {
        return runs.stream().map(run -> fact.apply(run.facts())).distinct().toList();
    }

    /** Where the runs saw different things of a system, each is named. */
    private List<Identity> identities() {
        var systems = new LinkedHashMap<String, Map<String, LinkedHashSet<String>>>();
        runs.forEach(run -> run.identities()
                .forEach(identity -> identity.facts()
                        .forEach((name, value) -> systems.computeIfAbsent(
                                        identity.system(), own -> new LinkedHashMap<>())
                                .computeIfAbsent(name, own -> new LinkedHashSet<>())
                                .add(value))));
        return systems.entrySet().stream()
                .map(system -> {
                    var facts = new LinkedHashMap<String, String>();
                    system.getValue().forEach((name, values) -> facts.put(name, String.join(", ", values)));
                    return new Identity(system.getKey(), facts);
                })
                .toList();
    }

    private List<Phase> phases() {
        return IntStream.range(0, runs.size())
                .boxed()
                .flatMap(i -> runs.get(i).phases().stream()
                        .map(phase ->
                                new Phase(phase.name() + " (" + parts.get(i).label() + ")", phase.took())))
                .toList();
    }

    private List<Problem> problems(List<Problem> missing) {
        var problems = new ArrayList<>(missing);
        for (int i = 0; i < runs.size(); i++) {
            var label = parts.get(i).label();
            runs.get(i)
                    .problems()
                    .forEach(problem -> problems.add(new Problem(problem.verdict(), label + ": " + problem.text())));
        }
        MergeFit.misfit(runs).ifPresent(reason -> problems.add(new Problem(Verdict.INCOMPLETE, reason)));
        MergeFit.missingShards(runs)
                .forEach(shard -> problems.add(new Problem(
                        Verdict.INCOMPLETE,
                        "Shard " + shard + " is missing, so not all that was selected was checked")));
        return problems;
    }

    /** Each part has a chain of its own; they hold only if all do. */
    private Provenance provenance() {
        var chain = RecordChain.of(
                parts.stream().map(Merged.Part::label).toList(),
                runs.stream().map(run -> run.provenance().chain()).toList());
        return new Provenance(chain, "", runs.get(0).provenance().environmentSha256());
    }

    /** The runs that any of them was compared with, but for these themselves. */
    private EarlierRuns earlier() {
        var own = parts.stream().map(Merged.Part::runId).toList();
        var earlier = new LinkedHashMap<String, PastRun>();
        runs.forEach(run -> run.earlier().runs().stream()
                .filter(past -> !own.contains(past.runId()))
                .forEach(past -> earlier.putIfAbsent(past.runId(), past)));
        var notes = runs.stream()
                .map(run -> run.earlier().note())
                .filter(note -> !note.isEmpty())
                .distinct()
                .toList();
        return new EarlierRuns(
                earlier.values().stream()
                        .sorted(Comparator.comparing(PastRun::started).reversed())
                        .limit(History.MOST_RUNS)
                        .toList(),
                String.join("; ", notes));
    }
}
