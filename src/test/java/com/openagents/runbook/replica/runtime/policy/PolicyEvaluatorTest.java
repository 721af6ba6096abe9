package com.openagents.runbook.replica.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.replica.runtime.Rows;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Contract 9.1, each rule and the order of the rules. */
class PolicyEvaluatorTest {
    @TestFactory
    Stream<DynamicTest> the_first_rule_that_matches_decides() {
        return Rows.tests("policy.yaml", row -> {
            var decision = PolicyEvaluator.evaluate(
                    Rows.map(row, "policy"), Rows.map(row, "budget"), Rows.map(row, "context"));

            assertThat(decision.word()).isEqualTo(row.get("decision"));
            assertThat(decision.reasonCode()).isEqualTo(row.get("code"));
        });
    }
}
