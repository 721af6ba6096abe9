package com.openagents.runbook.report;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The waivers that cover something of a run, in the order in which somebody has to act on them. */
record WaiversView(Run run) {

    record Group(String title, List<Item> items) {}

    /** A scenario that a waiver covers; what is waived is said in short. */
    record Covered(String id, String name, String verdict, String waived) {}

    record Item(WaiverUse use, List<Covered> covered) {
        Waiver waiver() {
            return use.waiver();
        }

        String state() {
            return use.state().word();
        }

        String ends() {
            return use.state() == WaiverUse.State.EXPIRED ? "ended" : "ends";
        }

        String covers() {
            return waiver().covers();
        }

        String environments() {
            return waiver().environments().isEmpty() ? "all" : String.join(", ", waiver().environments());
        }

        String from() {
            return Times.moment(waiver().from());
        }

        String until() {
            return Times.moment(waiver().until());
        }

        String next() {
            return use.next();
        }
    }

    boolean some() {
        return !run.waivers().isEmpty();
    }

    int count() {
        return run.waivers().size();
    }

    List<Group> groups() {
        return Stream.of(
                        group("Expired", is(WaiverUse.State.EXPIRED)),
                        group("Ending within 14 days", WaiverUse::endsSoon),
                        group("Waived", is(WaiverUse.State.WAIVED).and(use -> !use.endsSoon())),
                        group("Stale", is(WaiverUse.State.STALE).and(use -> !use.endsSoon())),
                        group("Not valid yet", is(WaiverUse.State.NOT_YET_VALID)),
                        group(
                                "Without effect",
                                is(WaiverUse.State.WITHOUT_EFFECT).and(use -> !use.endsSoon())))
                .filter(group -> !group.items().isEmpty())
                .toList();
    }

    private static Predicate<WaiverUse> is(WaiverUse.State state) {
        return use -> use.state() == state;
    }

    private Group group(String title, Predicate<WaiverUse> which) {
        var byId = run.scenarios().stream().collect(Collectors.toMap(ScenarioResult::id, Function.identity()));
        return new Group(
                title,
                run.waivers().stream()
                        .filter(which)
                        .map(use -> new Item(
                                use,
                                use.scenarios().stream()
                                        .map(byId::get)
                                        .map(WaiversView::covered)
                                        .toList()))
                        .toList());
    }

    private static Covered covered(ScenarioResult scenario) {
        var waived = scenario.verdict() != Verdict.WAIVED
                ? ""
                : scenario.failures().stream()
                        .map(Failure::headline)
                        .findFirst()
                        .orElse(scenario.reason());
        return new Covered(scenario.id(), scenario.name(), scenario.verdict().word(), waived);
    }
}
