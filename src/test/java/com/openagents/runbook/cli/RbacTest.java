package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./runbook rbac} grants for the way in which pods are reached. */
class RbacTest {
    @TempDir
    private Path folder;

    @Test
    void what_asks_no_pod_need_reach_none() throws IOException {
        assertThat(granted("port-forward", "1")).noneMatch(words -> words.contains("pods/portforward"));
        assertThat(granted("api-proxy", "1")).noneMatch(words -> words.contains("pods/proxy"));
    }

    @Test
    void a_port_forward_takes_what_old_servers_ask_for_and_new_ones() throws IOException {
        assertThat(granted("port-forward", "5")).contains("get pods/portforward", "create pods/portforward");
    }

    @Test
    void the_proxy_takes_a_get_where_pods_are_only_asked() throws IOException {
        assertThat(granted("api-proxy", "5")).contains("get pods/proxy").doesNotContain("create pods/proxy");
    }

    @Test
    void the_proxy_takes_a_create_where_pods_are_to_call_their_providers() throws IOException {
        assertThat(granted("api-proxy", "4C")).contains("get pods/proxy", "create pods/proxy");
        assertThat(granted("api-proxy", "4E")).contains("get pods/proxy", "create pods/proxy");
    }

    @Test
    void pods_that_are_reached_directly_take_no_more_than_their_addresses() throws IOException {
        assertThat(granted("address", "4C")).contains("list pods").noneMatch(words -> words.contains("pods/p"));
    }

    private List<String> granted(String way, String section) throws IOException {
        var environment = PrintedSchedule.environment(
                folder,
                "staging",
                "    pods: " + way,
                "  runtime: {url: 'http://runtime:4000', user: 1, signature-secret: 'env:SIGNATURE'}");
        var command = new TypedCommand("rbac");
        assertThat(command.run("--environment", environment, "--section", section))
                .as(command::err)
                .isZero();
        List<HasMetadata> objects = new KubernetesSerialization().unmarshal(command.out());
        return objects.stream()
                .filter(Role.class::isInstance)
                .flatMap(role -> ((Role) role).getRules().stream())
                .flatMap(rule -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource)))
                .toList();
    }
}
