package com.openagents.runbook.replica.cloudrun;

import com.openagents.runbook.replica.runtime.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The runtime on Cloud Run. It is changed by what the scripts under {@code deploy/cloudrun} do (contract 2.1, 2.2) and
 * read by the Admin API v2.
 */
public final class CloudRunReplica implements AutoCloseable {
    public static final String PROJECT = "openagents-replica";
    public static final String REGION = "us-central1";
    public static final String SERVICE = "runtime";
    public static final String JOB = "runtime-migrate";

    /** What the job runs, and the expression to which the script falls back (contract 2.2). */
    public static final String VERIFYING = "OpenAgentsRuntime.Release.migrate_and_verify!()";

    public static final String FALLBACK = "OpenAgentsRuntime.Release.migrate()";

    static final String REGION_PATH = "projects/" + PROJECT + "/locations/" + REGION;

    private static final int THREADS = 2;

    private final CloudRunState state = new CloudRunState();
    private final HttpServer server;
    private final ExecutorService threads;
    private final String token;

    private CloudRunReplica(String token) throws IOException {
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newFixedThreadPool(THREADS, work -> {
            var thread = new Thread(work, "cloud-run");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * Starts it as two good deploys leave it.
     *
     * @param token what a caller must show
     */
    public static CloudRunReplica start(String token, String previousImage, String image) {
        try {
            var replica = new CloudRunReplica(token);
            replica.deployAndMigrate(previousImage);
            replica.deployAndMigrate(image);
            replica.server.start();
            return replica;
        } catch (IOException e) {
            throw new UncheckedIOException("Cloud Run could not be started", e);
        }
    }

    /** The chained deploy: the service, then the job, then its execution. */
    public void deployAndMigrate(String image) {
        state.deploy(image, true);
        updateJob(image, VERIFYING);
        state.execute(true);
    }

    public void updateJob(String image, String expression) {
        state.updateJob(image, List.of("bin/openagents_runtime"), List.of("eval", expression));
    }

    public void executeJob(boolean succeeds) {
        state.execute(succeeds);
    }

    public void deploy(String image) {
        state.deploy(image, true);
    }

    public void recreateJob() {
        state.recreateJob();
    }

    /** All requests go to the revision before the newest, as after a rollback. */
    public void shiftTrafficBack() {
        state.shiftTraffic(1);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("authorization"))) {
            respond(exchange, 401, error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."));
            return;
        }
        var found = exchange.getRequestMethod().equals("GET")
                ? object(exchange.getRequestURI().getPath())
                : Optional.<Map<String, Object>>empty();
        if (found.isPresent()) {
            respond(exchange, 200, found.get());
        } else {
            respond(exchange, 404, error(404, "NOT_FOUND", "Requested entity was not found."));
        }
    }

    private Optional<Map<String, Object>> object(String path) {
        var base = "/v2/" + REGION_PATH;
        var moment = state.moment();
        var service = base + "/services/" + SERVICE;
        var job = base + "/jobs/" + JOB;
        if (path.equals(service)) {
            return Optional.of(AdminObjects.service(moment));
        } else if (path.equals(service + "/revisions")) {
            return Optional.of(AdminObjects.revisions(moment));
        } else if (path.equals(job)) {
            return Optional.of(AdminObjects.job(moment));
        } else if (path.equals(job + "/executions")) {
            return Optional.of(AdminObjects.executions(moment));
        }
        return Optional.empty();
    }

    private static Map<String, Object> error(int code, String status, String message) {
        return Json.object("error", Json.object("code", code, "status", status, "message", message));
    }

    private static void respond(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        var bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
