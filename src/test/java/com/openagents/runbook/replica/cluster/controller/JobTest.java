package com.openagents.runbook.replica.cluster.controller;

import static com.openagents.runbook.replica.cluster.SharedCluster.SHELL;
import static com.openagents.runbook.replica.cluster.SharedCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.openagents.runbook.replica.cluster.SharedCluster;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCluster.class)
class JobTest {
    private KubernetesClient client;
    private String namespace;

    @BeforeEach
    void use(SharedCluster.Lab lab) {
        client = lab.cluster().client();
        namespace = lab.newNamespace();
    }

    @Test
    void a_job_that_succeeds_is_complete() {
        create("OnFailure", "true", job -> job);
        await("end", () -> has("Complete"));

        assertThat(get().getStatus().getConditions())
                .extracting(JobCondition::getType, JobCondition::getReason)
                .containsExactly(
                        tuple("SuccessCriteriaMet", "CompletionsReached"), tuple("Complete", "CompletionsReached"));
        assertThat(get().getStatus().getSucceeded()).isEqualTo(1);
        assertThat(get().getStatus().getActive()).isNull();
        assertThat(get().getStatus().getCompletionTime()).isNotNull();
        await("events", () -> reasons().containsAll(List.of("SuccessfulCreate", "Completed")));
    }

    @Test
    void restarts_count_against_the_limit_and_the_pod_goes_with_the_failure() {
        create("OnFailure", "false", job -> job);
        await("end", () -> has("Failed"));

        assertThat(get().getStatus().getConditions())
                .extracting(JobCondition::getType, JobCondition::getReason)
                .containsExactly(
                        tuple("FailureTarget", "BackoffLimitExceeded"), tuple("Failed", "BackoffLimitExceeded"));
        assertThat(get().getStatus().getFailed()).isEqualTo(1);
        await(
                "no pod",
                () -> client.pods().inNamespace(namespace).list().getItems().isEmpty());
        await("events", () -> reasons().containsAll(List.of("SuccessfulDelete", "BackoffLimitExceeded")));
    }

    @Test
    void without_restarts_each_failure_gets_a_new_pod_up_to_the_limit() {
        create("Never", "false", job -> job);
        await("end", () -> has("Failed"));

        assertThat(get().getStatus().getFailed()).isEqualTo(2);
        assertThat(client.pods().inNamespace(namespace).list().getItems()).hasSize(2);
    }

    @Test
    void a_job_past_its_deadline_fails() {
        create(
                "OnFailure",
                "sleep 100",
                job -> new JobBuilder(job)
                        .editSpec()
                        .withActiveDeadlineSeconds(1L)
                        .endSpec()
                        .build());
        await("end", () -> has("Failed"));

        assertThat(get().getStatus().getConditions())
                .extracting(JobCondition::getReason)
                .containsOnly("DeadlineExceeded");
    }

    @Test
    void a_finished_job_and_its_pod_are_removed_after_their_time() {
        create(
                "Never",
                "true",
                job -> new JobBuilder(job)
                        .editSpec()
                        .withTtlSecondsAfterFinished(1)
                        .endSpec()
                        .build());

        await("removal", () -> get() == null);
        await(
                "pod",
                () -> client.pods().inNamespace(namespace).list().getItems().isEmpty());
    }

    @Test
    void a_job_that_is_deleted_takes_its_running_pod_with_it() {
        create("Never", "exec sleep 100", job -> job);
        await(
                "pod",
                () -> !client.pods().inNamespace(namespace).list().getItems().isEmpty());

        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName("work")
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();

        await(
                "nothing left",
                () -> client.pods().inNamespace(namespace).list().getItems().isEmpty());
    }

    private void create(String restart, String script, UnaryOperator<Job> change) {
        var job = new JobBuilder()
                .withNewMetadata()
                .withName("work")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(1)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy(restart)
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("main")
                .withImage(SHELL)
                .withCommand("/bin/sh", "-c", script)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        client.resource(change.apply(job)).create();
    }

    private Job get() {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName("work")
                .get();
    }

    private boolean has(String condition) {
        return get().getStatus() != null
                && get().getStatus().getConditions().stream()
                        .anyMatch(each -> each.getType().equals(condition)
                                && each.getStatus().equals("True"));
    }

    private List<String> reasons() {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getKind().equals("Job"))
                .map(Event::getReason)
                .toList();
    }
}
