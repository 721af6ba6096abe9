package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.environment.ClusterFiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./runbook schedule} prints, and the objects that it is. */
record PrintedSchedule(String text, List<HasMetadata> objects) {
    /** The example, of which everything can be scheduled. */
    static final String STAGING = "environments/schedule/staging.yaml";

    static PrintedSchedule of(String... arguments) {
        var schedule = new TypedCommand("schedule");
        assertThat(schedule.run(arguments)).as(schedule::err).isZero();
        return new PrintedSchedule(
                schedule.out(), new KubernetesSerialization().<List<HasMetadata>>unmarshal(schedule.out()));
    }

    <T> T only(Class<T> type) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Another environment, on a cluster of its own. */
    static String environment(Path folder, String namespace, String... more) throws IOException {
        var kubeconfig = Path.of("/home/me/kubeconfig");
        return ClusterFiles.environment(folder.resolve("there.yaml"), kubeconfig, "gke-staging", namespace, more)
                .toString();
    }
}
