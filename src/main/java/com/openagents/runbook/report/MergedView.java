package com.openagents.runbook.report;

import java.util.List;

/** The runs that a run was merged of, as the page shows them. */
record MergedView(Merged merged) {

    record PartLine(String runId, String shard, String startedBy, String from, String verdict, String sha256) {}

    record SeveralLine(String id, String name, String results) {}

    boolean some() {
        return !merged.parts().isEmpty();
    }

    List<PartLine> parts() {
        return merged.parts().stream()
                .map(part -> new PartLine(
                        part.runId(),
                        part.shard(),
                        part.startedBy(),
                        part.from().map(Times::moment).orElse(""),
                        part.verdict(),
                        part.recordSha256()))
                .toList();
    }

    boolean hasSeveral() {
        return !merged.several().isEmpty();
    }

    List<SeveralLine> several() {
        return merged.several().stream()
                .map(one -> new SeveralLine(one.id(), one.name(), String.join(", ", one.results())))
                .toList();
    }
}
