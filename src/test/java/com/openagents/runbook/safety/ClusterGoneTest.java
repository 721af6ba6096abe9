package com.openagents.runbook.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.replica.cluster.SharedCluster;
import com.openagents.runbook.replica.cluster.SharedCluster.Lab;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is gone when a drill is to be put back. */
@ExtendWith(SharedCluster.class)
class ClusterGoneTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/");

    @TempDir
    private Path folder;

    private volatile boolean gone;
    private KubernetesClient client;
    private DrillSession session;

    @BeforeEach
    void begin(Lab lab) {
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(lab.cluster().client().getConfiguration())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("gone", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (gone) {
                            builder.uri(NOBODY);
                        }
                    }
                }))
                .build();
        var ground = BareGround.of(client, lab.newNamespace(), folder);
        session = DrillSession.open(ground, "run", "a test", new Redactor(), said -> {});
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void what_a_drill_could_not_put_back_is_told_with_what_is_wrong() {
        gone = true;

        assertThat(session.drill(unseen -> {}).putBack().problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem)
                        .contains("kubernetes at ", "does not answer")
                        .doesNotContain("Operation:"))
                .anySatisfy(problem -> assertThat(problem).startsWith("the undo journal cannot be read"));
    }

    @Test
    void the_end_of_the_run_says_what_to_do_next() {
        gone = true;

        assertThatThrownBy(session::close)
                .hasMessageContaining("does not answer")
                .hasMessageEndingWith("Try again: ./runbook recover --environment staging")
                .hasMessageNotContaining("Operation:");
    }
}
