package com.openagents.runbook.system.prometheus;

import java.util.ArrayList;
import java.util.List;

/** Which rule or panel picks series by which metric and labels. */
public final class Watching {
    private final List<Use> uses = new ArrayList<>();

    /** @param watcher the rule or panel, for example {@code alert OpenAgentsRuntimeHttp5xxRateHigh} */
    public record Use(String watcher, Selector selector) {}

    public void by(String watcher, String query) {
        Selector.in(query).stream()
                .map(selector -> new Use(watcher, selector))
                .filter(use -> !uses.contains(use))
                .forEach(uses::add);
    }

    public List<Use> uses() {
        return List.copyOf(uses);
    }

    public List<String> metrics() {
        return uses.stream().map(use -> use.selector().metric()).distinct().toList();
    }
}
