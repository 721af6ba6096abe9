package com.openagents.runbook.replica.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackTest {
    @Test
    void two_runs_never_share_an_address() throws Exception {
        try (var one = Loopback.claim();
                var other = Loopback.claim()) {
            assertThat(one.services()).isNotEqualTo(other.services());
            assertThat(one.take()).isNotEqualTo(other.take());
        }
    }

    @Test
    void a_program_can_listen_on_every_address() throws Exception {
        try (var network = Loopback.claim();
                var socket = new ServerSocket(0, 1, InetAddress.getByName(network.take()))) {
            assertThat(socket.getLocalPort()).isPositive();
        }
    }

    @Test
    void an_address_is_used_again_only_after_it_was_given_back() throws Exception {
        try (var network = Loopback.claim()) {
            var first = network.take();
            var seen = new HashSet<>(Set.of(first));
            network.giveBack(first);
            for (int i = 0; i < 240; i++) {
                assertThat(seen.add(network.take())).isTrue();
            }
            assertThat(network.take()).isEqualTo(first);
        }
    }
}
