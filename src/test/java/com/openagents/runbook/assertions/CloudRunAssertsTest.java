package com.openagents.runbook.assertions;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.cloudrun.DeployReceipt;
import com.openagents.runbook.system.cloudrun.Gcloud;
import com.openagents.runbook.system.cloudrun.ServiceState;
import com.openagents.runbook.system.cloudrun.ServiceState.Revision;
import com.openagents.runbook.system.cloudrun.ServiceState.Traffic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no fault of the replica shows. */
class CloudRunAssertsTest {
    private static final Instant DEPLOYED = Instant.parse("2026-03-01T12:00:00.5Z");
    private static final Instant NOW = Instant.parse("2026-03-01T13:00:00Z");

    @Test
    void a_revision_that_does_not_become_ready_is_a_finding() {
        assertThatThrownBy(() -> assertThat(service("CONDITION_FAILED", false, new Traffic("r-1", 100)))
                        .isReady())
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("The newest revision of runtime is ready: it is not")
                .hasMessageContaining("CONDITION_FAILED: the container did not listen")
                .hasMessageContaining("gcloud run services describe runtime");
    }

    @Test
    void a_deploy_under_way_cannot_be_judged() {
        assertThatThrownBy(() -> assertThat(service("CONDITION_RECONCILING", true, new Traffic("r-2", 100)))
                        .isReady())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("still deploying");
    }

    @Test
    void a_part_of_the_traffic_that_goes_astray_is_told_with_its_share() {
        assertThatThrownBy(() -> assertThat(
                                service("CONDITION_SUCCEEDED", false, new Traffic("r-2", 90), new Traffic("r-1", 10)))
                        .servesWhatWasDeployed())
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("10% reaches another image")
                .hasMessageContaining("r-1   10%");
    }

    @Test
    void traffic_that_is_not_accounted_for_never_passes() {
        assertThatThrownBy(() -> assertThat(service("CONDITION_SUCCEEDED", false, new Traffic("r-2", 60)))
                        .servesWhatWasDeployed())
                .isInstanceOf(CouldNotCheck.class);
        assertThatThrownBy(
                        () -> assertThat(service("CONDITION_SUCCEEDED", false)).servesWhatWasDeployed())
                .isInstanceOf(CouldNotCheck.class);
        assertThatThrownBy(() -> assertThat(service("CONDITION_SUCCEEDED", false, new Traffic("r-9", 100)))
                        .servesWhatWasDeployed())
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("does not list it");
    }

    @Test
    void a_receipt_of_the_same_second_as_the_deploy_is_not_older() {
        var service = service("CONDITION_SUCCEEDED", false, new Traffic("r-2", 100));

        assertThatCode(() -> assertThat(receipt(Map.of()))
                        .standsFor(service)
                        .leftNothingOut()
                        .wasWrittenAfterTheDeployOf(service))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> assertThat(receipt(Map.of("timestamp", "2026-03-01T11:59:59Z")))
                        .wasWrittenAfterTheDeployOf(service))
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("it is older");
    }

    @Test
    void a_receipt_that_is_missing_incomplete_or_of_a_shortened_deploy_is_a_finding() {
        assertThatThrownBy(() -> assertThat(new DeployReceipt(Path.of("r.json"), Map.of(), NOW))
                        .isComplete())
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("there is none");
        assertThatThrownBy(() -> assertThat(receipt(Map.of("migrate_job", ""))).isComplete())
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("1 of 9 fields are missing")
                .hasMessageContaining("migrate_job");
        assertThatThrownBy(() -> assertThat(receipt(Map.of("verify_db_role_isolation", "0")))
                        .leftNothingOut())
                .isInstanceOf(FindingError.class)
                .hasMessageContaining("verify_db_role_isolation   0");
    }

    private static ServiceState service(String condition, boolean deploying, Traffic... traffic) {
        var revisions =
                List.of(new Revision("r-2", "a:2", DEPLOYED), new Revision("r-1", "a:1", DEPLOYED.minusSeconds(3600)));
        return new ServiceState(
                "runtime",
                "a:2",
                "r-2",
                "r-2",
                List.of(traffic),
                revisions,
                condition,
                "the container did not listen",
                deploying,
                NOW,
                new Gcloud("p", "r"));
    }

    private static DeployReceipt receipt(Map<String, String> changes) {
        var fields = new LinkedHashMap<String, String>();
        DeployReceipt.FIELDS.forEach(name -> fields.put(name, "1"));
        fields.put("timestamp", "2026-03-01T12:00:00Z");
        fields.put("image", "a:2");
        fields.put("deployed_image", "a:2");
        fields.putAll(changes);
        return new DeployReceipt(Path.of("r.json"), fields, NOW);
    }
}
