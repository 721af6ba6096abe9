package com.openagents.runbook.system;

import static com.openagents.runbook.system.AfterFindingTest.FINDING;
import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.evidence.Concern;
import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.alertmanager.AlertmanagerAccess;
import com.openagents.runbook.system.alertmanager.AlertmanagerSystem;
import com.openagents.runbook.system.prometheus.PrometheusAccess;
import com.openagents.runbook.system.prometheus.PrometheusSystem;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is looked at after a finding about an alert. Apart from pods and Jobs, for it needs no cluster. */
class AfterAlertFindingTest {
    private final SeenEvidence seen = new SeenEvidence();

    @Test
    void of_an_alert_that_fires_both_say_how_it_stands() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(server, "/api/v1/query", """
                {"status":"success","data":{"resultType":"vector","result":[
                {"metric":{"alertname":"BreakerOpen","alertstate":"firing"},"value":[1700000000,"1"]}]}}""");
        answer(server, "/api/v2/alerts", """
                [{"labels":{"alertname":"BreakerOpen"},"annotations":{},"startsAt":"2026-02-21T13:00:00Z",
                "status":{"state":"suppressed"}}]""");
        server.start();
        try {
            var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var after = new AfterFinding(
                    log -> name -> name == SystemName.PROMETHEUS
                            ? new PrometheusSystem(
                                    new PrometheusAccess(base, Optional.empty(), AfterFinding.LIMIT), log)
                            : new AlertmanagerSystem(new AlertmanagerAccess(base, AfterFinding.LIMIT), log),
                    name -> true,
                    Preflight::nothingMissing,
                    AfterFinding.LIMIT);
            var asked = new AskedSystems(name -> base);
            asked.system(SystemName.PROMETHEUS);
            after.found("a scenario", new FindingError(FINDING, List.of(Concern.alert("BreakerOpen"))));

            after.look("a scenario", asked, Optional.empty(), seen);
        } finally {
            server.stop(0);
        }

        assertThat(seen.text("Answer to ALERTS{alertname=\"BreakerOpen\"}")).contains("firing");
        assertThat(seen.text("Alert BreakerOpen in the Alertmanager")).contains("suppressed");
    }

    @Test
    void an_alertmanager_that_the_run_does_not_ask_is_left_out() {
        Systems none = name -> {
            throw new CouldNotCheck("no " + name.word());
        };
        var after = new AfterFinding(
                log -> none, name -> name == SystemName.PROMETHEUS, Preflight::nothingMissing, AfterFinding.LIMIT);
        after.found("a scenario", new FindingError(FINDING, List.of(Concern.alert("BreakerOpen"))));
        var asked = new AskedSystems(name -> name);
        asked.system(SystemName.PROMETHEUS);

        after.look("a scenario", asked, Optional.empty(), seen);

        assertThat(seen.titles()).containsExactly("Not looked at: the alert BreakerOpen in Prometheus");
    }

    private static void answer(HttpServer server, String path, String body) {
        server.createContext(path, exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
