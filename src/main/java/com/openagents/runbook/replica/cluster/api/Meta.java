package com.openagents.runbook.replica.cluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;

/** Paths that name no object: version, health, discovery, OpenAPI. */
final class Meta {

    private static final Pattern API_VERSION = Pattern.compile("/api/v1/?");
    private static final Pattern GROUP = Pattern.compile("/apis/(?<group>[^/]+)/?");
    private static final Pattern GROUP_VERSION = Pattern.compile("/apis/(?<group>[^/]+)/(?<version>[^/]+)/?");

    private final String version;
    private final Access access;

    Meta(String version, Access access) {
        this.version = version;
        this.access = access;
    }

    void answer(HttpServerRequest request, User user) {
        var path = request.path();
        access.authorizePath(user, request.method().name().toLowerCase(java.util.Locale.ROOT), path);
        switch (path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path) {
            case "/version" -> json(request, versionBody());
            case "/healthz", "/livez", "/readyz" -> text(request, 200, "ok");
            case "/api" ->
                json(request, aggregated(request) ? Discovery.aggregated(true) : Discovery.versions(address(request)));
            case "/apis" -> json(request, aggregated(request) ? Discovery.aggregated(false) : Discovery.groups());
            default -> discovery(request, path);
        }
    }

    private void discovery(HttpServerRequest request, String path) {
        var group = GROUP.matcher(path);
        var groupVersion = GROUP_VERSION.matcher(path);
        if (API_VERSION.matcher(path).matches()) {
            json(request, Discovery.resources("", "v1"));
        } else if (group.matches() && ResourceTypes.groups().contains(group.group("group"))) {
            json(request, Discovery.group(group.group("group")));
        } else if (groupVersion.matches()
                && ResourceTypes.serves(groupVersion.group("group"), groupVersion.group("version"))) {
            json(request, Discovery.resources(groupVersion.group("group"), groupVersion.group("version")));
        } else if (groupVersion.matches() && ResourceTypes.groups().contains(groupVersion.group("group"))) {
            throw Statuses.unknownResource();
        } else if (path.startsWith("/openapi/v3")) {
            openApi(request, path);
        } else {
            pathNotFound(request);
        }
    }

    private void openApi(HttpServerRequest request, String path) {
        var document = OpenApi.at(path);
        if (document.isPresent()) {
            json(request, document.get());
        } else {
            pathNotFound(request);
        }
    }

    void pathNotFound(HttpServerRequest request) {
        text(request, 404, "404 page not found\n");
    }

    private static boolean aggregated(HttpServerRequest request) {
        return Accept.of(request.getHeader("Accept")).form() == Accept.Form.DISCOVERY;
    }

    private static String address(HttpServerRequest request) {
        return request.localAddress().host() + ":" + request.localAddress().port();
    }

    private ObjectNode versionBody() {
        var numbers = version.replaceFirst("^v", "").split("\\.");
        return Json.object()
                .put("major", numbers[0])
                .put("minor", numbers[1])
                .put("gitVersion", version)
                .put("gitCommit", "")
                .put("gitTreeState", "")
                .put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "")
                .put("compiler", "")
                .put("platform", "replica");
    }

    private static void json(HttpServerRequest request, ObjectNode body) {
        var type = body.path("kind").asText().equals("APIGroupDiscoveryList")
                ? "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
                : "application/json";
        request.response().putHeader("Content-Type", type).end(Buffer.buffer(Json.bytes(body)));
    }

    private static void text(HttpServerRequest request, int code, String text) {
        request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(text);
    }
}
