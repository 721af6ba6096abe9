package com.openagents.runbook.report;

import java.util.List;

/** What was looked at after a finding, as the page shows it: folded, for the finding says what is wrong. */
record AfterView(List<EvidenceView> looks) {
    String count() {
        return looks.size() == 1 ? "1 look" : looks.size() + " looks";
    }
}
