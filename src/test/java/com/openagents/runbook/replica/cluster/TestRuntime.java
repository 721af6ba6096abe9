package com.openagents.runbook.replica.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A program as small as can be that looks to the cluster like the runtime: it serves health and knows the fault words. */
public final class TestRuntime {
    private TestRuntime() {}

    public static void main(String[] arguments) throws IOException {
        var faults = Objects.requireNonNullElse(System.getenv("OA_REPLICA_FAULTS"), "");
        if (faults.contains("crash-on-start")) {
            say("could not start application");
            System.exit(1);
        }
        var watcher = new Thread(TestRuntime::endWithInput);
        watcher.setDaemon(true);
        watcher.start();
        if (arguments[0].equals("eval")) {
            System.exit(eval(arguments[1]));
        }
        serve(faults);
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // The other side has gone, which is the same.
        }
        Runtime.getRuntime().halt(1);
    }

    private static void serve(String faults) throws IOException {
        var address = InetAddress.getByName(System.getenv("POD_IP"));
        var server = HttpServer.create(new InetSocketAddress(address, Integer.parseInt(System.getenv("PORT"))), 16);
        server.createContext("/internal/v1/health", exchange -> {
            var agent = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("User-Agent"), "");
            int code = faults.contains("health-needs-signature")
                    ? 401
                    : faults.contains("not-ready") && agent.contains("readiness") ? 503 : 200;
            var body = "{\"status\":\"ok\",\"pod\":\"%s\"}"
                    .formatted(System.getenv("HOSTNAME"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            say("SIGTERM received");
            Runtime.getRuntime().halt(0);
        }));
        server.start();
        say("Running on " + System.getenv("RELEASE_NODE"));
    }

    private static int eval(String expression) throws IOException {
        if (expression.contains("Smoke")) {
            var url = URI.create(System.getenv("SMOKE_BASE_URL") + "/internal/v1/health")
                    .toURL();
            int code = ((HttpURLConnection) url.openConnection()).getResponseCode();
            say("smoke " + code);
            return code == 200 ? 0 : 1;
        }
        say("migrated");
        return 0;
    }

    private static void say(String line) {
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
