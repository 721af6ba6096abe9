package com.openagents.runbook.replica.cloudrun;

import com.openagents.runbook.replica.cloudrun.CloudRunState.Moment;
import com.openagents.runbook.replica.http.JsonServer;
import com.openagents.runbook.replica.runtime.json.Json;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The reads of the Cloud Run Admin API v2 (contract 2.4), with the errors and pages of Google's APIs. */
final class AdminApi implements AutoCloseable {
    static final String REGION_PATH = "projects/" + CloudRunReplica.PROJECT + "/locations/" + CloudRunReplica.REGION;

    private static final String SERVICE = "/v2/" + REGION_PATH + "/services/" + CloudRunReplica.SERVICE;
    private static final String JOB = "/v2/" + REGION_PATH + "/jobs/" + CloudRunReplica.JOB;
    private static final Pattern PAGE_SIZE = Pattern.compile("pageSize=(\\d+)");
    private static final Pattern PAGE_TOKEN = Pattern.compile("pageToken=(\\d+)");
    private static final int LARGEST_PAGE = 100;

    private final String token;
    private final Supplier<Moment> moment;
    private final JsonServer server;

    private AdminApi(String token, Supplier<Moment> moment) {
        this.token = token;
        this.moment = moment;
        server = JsonServer.start("cloud-run", Map.of("/", this::answer));
    }

    static AdminApi start(String token, Supplier<Moment> moment) {
        return new AdminApi(token, moment);
    }

    URI uri() {
        return server.uri();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonServer.body(exchange);
        if (!JsonServer.shows(exchange, token)) {
            JsonServer.answer(
                    exchange, 401, error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."));
            return;
        }
        var found = exchange.getRequestMethod().equals("GET")
                ? find(exchange.getRequestURI())
                : Optional.<Map<String, Object>>empty();
        if (found.isPresent()) {
            JsonServer.answer(exchange, 200, found.get());
        } else {
            JsonServer.answer(exchange, 404, error(404, "NOT_FOUND", "Requested entity was not found."));
        }
    }

    private Optional<Map<String, Object>> find(URI uri) {
        var now = moment.get();
        var query = Optional.ofNullable(uri.getQuery()).orElse("");
        return switch (uri.getPath()) {
            case SERVICE -> Optional.of(AdminObjects.service(now));
            case SERVICE + "/revisions" -> Optional.of(page("revisions", AdminObjects.revisions(now), query));
            case JOB -> Optional.of(AdminObjects.job(now));
            case JOB + "/executions" -> Optional.of(page("executions", AdminObjects.executions(now), query));
            default -> Optional.empty();
        };
    }

    private static Map<String, Object> page(String name, List<Map<String, Object>> all, String query) {
        int size = Math.min(number(PAGE_SIZE, query, LARGEST_PAGE), LARGEST_PAGE);
        int from = Math.min(number(PAGE_TOKEN, query, 0), all.size());
        int to = Math.min(from + size, all.size());
        return to == all.size()
                ? Json.object(name, all.subList(from, to))
                : Json.object(name, all.subList(from, to), "nextPageToken", String.valueOf(to));
    }

    private static int number(Pattern pattern, String query, int standard) {
        var found = pattern.matcher(query);
        return found.find() ? Integer.parseInt(found.group(1)) : standard;
    }

    private static Map<String, Object> error(int code, String status, String message) {
        return Json.object("error", Json.object("code", code, "status", status, "message", message));
    }

    @Override
    public void close() {
        server.close();
    }
}
