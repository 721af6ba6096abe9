package com.openagents.runbook.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {
    private final Finding finding = new Finding(
            "Runtime pods are healthy",
            "1 of 3 pods is not ready",
            List.of("runtime-2   CrashLoopBackOff, 7 restarts, last exit 137 (OOMKilled) 2 min ago"),
            "3.2",
            "check pod restarts and recent deploys",
            "kubectl -n openagents describe pod runtime-2");

    @Test
    void reads_like_the_runbook() {
        assertThat(finding.text()).isEqualTo("""
                        Runtime pods are healthy: 1 of 3 pods is not ready
                          runtime-2   CrashLoopBackOff, 7 restarts, last exit 137 (OOMKilled) 2 min ago
                        Next (runbook 3.2): check pod restarts and recent deploys
                        See it: kubectl -n openagents describe pod runtime-2""");
    }

    @Test
    void is_read_back_from_its_text() {
        assertThat(Finding.parse(finding.text())).contains(finding);
    }

    @Test
    void is_not_read_from_other_text() {
        assertThat(Finding.parse("java.lang.IllegalStateException: boom\nat Foo"))
                .isEmpty();
        assertThat(Finding.parse("")).isEmpty();
    }
}
