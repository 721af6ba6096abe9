package com.openagents.runbook.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.http.StubApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerClockTest {
    private final AtomicInteger asked = new AtomicInteger();
    // It says when it answered, as every server does.
    private final StubApiServer server = new StubApiServer(Map.of("/version", exchange -> {
        asked.incrementAndGet();
        JsonServer.answer(exchange, 401, Map.of("kind", "Status"));
    }));

    @AfterEach
    void close() {
        server.close();
    }

    private ServerClock ahead(Duration ahead) {
        return new ServerClock(server.client(), () -> Instant.now().plus(ahead));
    }

    @ParameterizedTest
    @CsvSource({"PT2H, ahead of", "PT-2H, behind", "PT40S, ahead of", "PT-40S, behind"})
    void with_another_time_no_age_can_be_judged(Duration ahead, String words) {
        var clock = ahead(ahead);

        assertThatThrownBy(clock::check)
                .isInstanceOf(CouldNotCheck.class)
                .hasMessageContaining("the clock of this machine is ")
                .hasMessageContaining(
                        words + " that of the API server " + server.client().getMasterUrl())
                .hasMessageContaining("set it right");
        assertThatThrownBy(clock::check).isInstanceOf(CouldNotCheck.class);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT20S", "PT-20S"})
    void half_a_minute_is_tolerated(Duration ahead) {
        assertThatCode(ahead(ahead)::check).doesNotThrowAnyException();
    }

    @Test
    void a_server_that_does_not_answer_is_told_by_who_asks_it() {
        server.stop();

        assertThatCode(ahead(Duration.ofHours(2))::check).doesNotThrowAnyException();
    }
}
