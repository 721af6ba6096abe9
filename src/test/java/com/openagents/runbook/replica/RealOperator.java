package com.openagents.runbook.replica;

import com.openagents.runbook.replica.controlplane.ControlPlaneReplica;
import com.openagents.runbook.replica.database.DatabaseReplica;
import com.openagents.runbook.replica.http.JsonServer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Does on request what the operator of a database and a control plane would do, and names the commands for it. */
record RealOperator(JsonServer server) implements AutoCloseable {
    static RealOperator start(DatabaseReplica database, ControlPlaneReplica controlPlane, ReplicaSecrets secrets) {
        return new RealOperator(JsonServer.start(
                "operator",
                Map.of(
                        "/restart-database",
                                exchange -> done(exchange, form -> {
                                    database.stop();
                                    database.startAgain();
                                }),
                        "/run-retention",
                                exchange -> done(
                                        exchange,
                                        form -> RetentionPass.over(
                                                database, Duration.ofSeconds(Long.parseLong(form.get(0))))),
                        "/mint-with",
                                exchange -> done(
                                        exchange,
                                        form -> controlPlane.restart(Map.of(
                                                ReplicaSecrets.SYNC_KEY_ID,
                                                form.get(0),
                                                ReplicaSecrets.SYNC_KEY,
                                                form.get(1)))),
                        "/trust-internal",
                                exchange -> done(
                                        exchange,
                                        form -> controlPlane.restart(Map.of(ReplicaSecrets.INTERNAL, form.get(0)))),
                        "/restore-control-plane",
                                exchange -> done(
                                        exchange,
                                        form -> controlPlane.restart(
                                                secrets.ofControlPlane(Replica.SYNC_ISSUER, Replica.USER))))));
    }

    private static void done(HttpExchange exchange, Consumer<List<String>> deed) throws IOException {
        deed.accept(List.of(JsonServer.body(exchange).split("\\s+")));
        JsonServer.answer(exchange, 200, Map.of("done", true));
    }

    Map<String, String> commands() {
        var curl = "curl -fsS -X POST " + server.uri() + "/";
        return Map.of(
                "restart-database", curl + "restart-database",
                "run-retention", curl + "run-retention -d \"$HORIZON_SECONDS\"",
                "mint-with", "printf '%s %s' \"$KEY_ID\" \"$KEY\" | " + curl + "mint-with -d @-",
                "trust-internal", "printf %s \"$SECRET\" | " + curl + "trust-internal -d @-",
                "restore-control-plane", curl + "restore-control-plane");
    }

    @Override
    public void close() {
        server.close();
    }
}
