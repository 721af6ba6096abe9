package com.openagents.runbook.system.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.system.database.ServerAnswer.State;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    @ParameterizedTest
    @CsvSource({
        "57P03, REJECTING, it is starting or stopping",
        "53300, REJECTING, it has no connection left",
        "3D000, ACCEPTING, database db does not exist",
        "42501, ACCEPTING, user u lacks the right to read that in database db",
        "57014, ACCEPTING, the query took too long",
        "08P01, NO_ANSWER, what answers there does not speak PostgreSQL",
        "08006, NO_ANSWER, the connection broke",
        "XX000, ACCEPTING, it answered with error XX000"
    })
    void tells_what_a_code_means(String code, State state, String words) {
        assertThat(Refusal.of(new SQLException("quotes s3cret", code), "u", "db"))
                .isEqualTo(new Refusal(state, words));
    }

    @Test
    void tells_why_a_host_cannot_be_reached() {
        assertThat(Refusal.of(unreachable(new UnknownHostException("db.example")), "u", "db")
                        .words())
                .isEqualTo("the host name is unknown");
        assertThat(Refusal.of(unreachable(new SocketTimeoutException("timed out")), "u", "db")
                        .words())
                .isEqualTo("no answer in time");
    }

    private static SQLException unreachable(Exception cause) {
        return new SQLException("The connection attempt failed.", "08001", cause);
    }
}
