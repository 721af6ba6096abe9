package com.openagents.runbook.report;

import io.cucumber.messages.types.TestStepResultStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what a run found against the waivers that were known when it began. No waiver hides a finding. */
final class Waivers {
    private final List<Waiver> all;
    private final Instant at;

    /** @param at when the run began, or the last of those that were merged; without it nothing can be waived */
    Waivers(Collection<Waiver> all, Optional<Instant> at) {
        this.all = at.isPresent() ? List.copyOf(all) : List.of();
        this.at = at.orElse(Instant.EPOCH);
    }

    /** The same result, waived or with the reason why it is not. */
    ScenarioResult judge(ScenarioResult result) {
        if (result.verdict() != Verdict.FAILED && result.verdict() != Verdict.INCOMPLETE) {
            return result;
        }
        var covering = all.stream().filter(waiver -> waiver.covers(result)).toList();
        var valid = covering.stream()
                .filter(waiver -> waiver.begun(at) && !waiver.over(at))
                .max(Comparator.comparing(Waiver::until));
        if (valid.isPresent() && canBeWaived(result)) {
            return result.waivedBy(valid.get().id());
        }
        var reasons = valid.stream()
                .map(waiver -> "Waiver " + waiver.named()
                        + " does not count here: an error of the runbook itself cannot be waived");
        return result.because(Stream.concat(
                        Stream.of(result.reason()).filter(reason -> !reason.isEmpty()),
                        valid.isPresent() ? reasons : covering.stream().map(this::whyNot))
                .collect(Collectors.joining("\n")));
    }

    private String whyNot(Waiver waiver) {
        return "Waiver " + waiver.named()
                + (waiver.over(at)
                        ? " expired " + Times.moment(waiver.until())
                        : " is not valid before " + Times.moment(waiver.from()));
    }

    /** A finding can, and what a step said it could not check; a check that broke or proved nothing has to be mended. */
    private static boolean canBeWaived(ScenarioResult result) {
        return result.verdict() == Verdict.FAILED
                ? result.failures().stream().allMatch(Failure::ofTheSystem)
                : result.steps().stream()
                        .anyMatch(step -> step.status() == TestStepResultStatus.SKIPPED
                                && !step.message().isEmpty());
    }

    /** The waivers that cover something of this run. */
    List<WaiverUse> uses(List<ScenarioResult> results) {
        return all.stream()
                .map(waiver ->
                        use(waiver, results.stream().filter(waiver::covers).toList()))
                .filter(use -> !use.scenarios().isEmpty())
                .toList();
    }

    private WaiverUse use(Waiver waiver, List<ScenarioResult> covered) {
        var judged = covered.stream()
                .filter(result -> result.verdict() != Verdict.PLANNED)
                .toList();
        var state = state(waiver, judged);
        return new WaiverUse(
                waiver,
                state,
                waiver.endsSoon(at) || (state == WaiverUse.State.WAIVED && waiver.over(at)),
                judged.stream().map(ScenarioResult::id).toList());
    }

    private WaiverUse.State state(Waiver waiver, List<ScenarioResult> covered) {
        // Of runs that were merged, one may have begun before its end or after its beginning.
        if (covered.stream()
                .anyMatch(result -> result.waiver().filter(waiver.id()::equals).isPresent())) {
            return WaiverUse.State.WAIVED;
        } else if (waiver.over(at)) {
            return WaiverUse.State.EXPIRED;
        } else if (!waiver.begun(at)) {
            return WaiverUse.State.NOT_YET_VALID;
        }
        return covered.stream().allMatch(result -> result.verdict() == Verdict.PASSED)
                ? WaiverUse.State.STALE
                : WaiverUse.State.WITHOUT_EFFECT;
    }
}
