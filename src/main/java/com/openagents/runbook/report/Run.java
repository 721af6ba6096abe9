package com.openagents.runbook.report;

import com.openagents.runbook.report.history.EarlierRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as its record tells it.
 *
 * @param sections in the runbook's order; a section of which nothing was selected has no scenarios
 * @param problems what is wrong with the run or its record outside any scenario
 * @param waivers those that cover something of this run
 * @param frameworks the controls that the runbook stands for
 * @param finished whether the run came to its own end
 * @param otherAttachments attachments of other kinds; they are in the record only
 * @param earlier the runs that this one is compared with; none if it keeps no history
 * @param provenance what proves that the record is as it was written
 * @param merged of which runs it was merged, if it was
 * @param recordSha256 of the record's bytes; empty if it was not read from a file
 */
public record Run(
        RunFacts facts,
        List<Identity> identities,
        List<Phase> phases,
        List<Section> sections,
        List<Problem> problems,
        List<WaiverUse> waivers,
        List<Framework> frameworks,
        EvidenceStore evidence,
        boolean finished,
        Optional<Instant> started,
        Optional<Instant> ended,
        int otherAttachments,
        EarlierRuns earlier,
        Provenance provenance,
        Merged merged,
        String recordSha256) {
    public Run {
        identities = List.copyOf(identities);
        phases = List.copyOf(phases);
        sections = List.copyOf(sections);
        problems = List.copyOf(problems);
        waivers = List.copyOf(waivers);
        frameworks = List.copyOf(frameworks);
    }

    public List<ScenarioResult> scenarios() {
        return sections.stream()
                .flatMap(section -> section.scenarios().stream())
                .toList();
    }

    public Tally tally() {
        return Tally.of(scenarios());
    }

    public Duration took() {
        return started.isPresent() && ended.isPresent() ? Duration.between(started.get(), ended.get()) : Duration.ZERO;
    }

    /** The waiver of this id, if it covers something of this run. */
    Optional<Waiver> waiver(String id) {
        return waivers.stream()
                .map(WaiverUse::waiver)
                .filter(waiver -> waiver.id().equals(id))
                .findFirst();
    }

    /** Whether somebody is to sign for it, and if not, why. */
    public String signature() {
        return merged.parts().isEmpty()
                ? provenance.text()
                : "not signed: it was merged of several runs, each of which may be signed in its own folder";
    }

    /** The same while the run is still open: that its record has no end yet is no problem of it. */
    public Run soFar() {
        return new Run(
                facts,
                identities,
                phases,
                sections,
                problems.stream()
                        .filter(problem -> !problem.equals(Problem.NO_END))
                        .toList(),
                waivers,
                frameworks,
                evidence,
                finished,
                started,
                ended,
                otherAttachments,
                earlier,
                provenance,
                merged,
                recordSha256);
    }

    /** The worst that can be said, so that nothing unproven is green. */
    public RunVerdict verdict() {
        var tally = tally();
        if (!finished || tally.of(Verdict.ABORTED) > 0 || has(Verdict.ABORTED)) {
            return RunVerdict.ABORTED;
        } else if (tally.total() == 0) {
            return RunVerdict.NOTHING_SELECTED;
        } else if (tally.of(Verdict.FAILED) > 0 || has(Verdict.FAILED)) {
            return RunVerdict.FAILED;
        } else if (provesTooLittle(tally) || has(Verdict.INCOMPLETE)) {
            return RunVerdict.INCOMPLETE;
        }
        if (facts.plan()) {
            return RunVerdict.PLANNED;
        }
        return tally.of(Verdict.WAIVED) > 0 ? RunVerdict.WAIVED : RunVerdict.PASSED;
    }

    /** Something that the environment requires is incomplete, or something is and nothing passed. */
    private boolean provesTooLittle(Tally tally) {
        int incomplete = tally.of(Verdict.INCOMPLETE);
        return (incomplete > 0 && incomplete + tally.of(Verdict.WAIVED) == tally.total())
                || scenarios().stream()
                        .anyMatch(scenario -> scenario.verdict() == Verdict.INCOMPLETE && facts.requires(scenario));
    }

    private boolean has(Verdict verdict) {
        return problems.stream().anyMatch(problem -> problem.verdict() == verdict);
    }
}
