package com.openagents.runbook.replica.cluster.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Kubernetes API server in memory, on one event loop. */
public final class ApiServer implements AutoCloseable {

    /** As in etcd, versions begin above one, so that a watch from version 1 is always too old. */
    private static final long FIRST_VERSION = 100;

    private static final int LARGEST_BODY = 3 * 1024 * 1024;
    private static final long START_SECONDS = 30;
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final Vertx vertx;
    private final ApiServerOptions options;
    private final String adminToken = UUID.randomUUID().toString();
    private final Watches watches;
    private final Router router;
    private HttpServer server;
    private volatile Duration ahead = Duration.ZERO;

    private ApiServer(ApiServerOptions options) {
        this.options = options;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        var store = new Store(options.historyLimit(), FIRST_VERSION);
        var metadata = new Metadata(options.clock());
        this.watches = new Watches(vertx, store, options.bookmarkInterval().toMillis());
        this.router = router(store, metadata);
    }

    private Router router(Store store, Metadata metadata) {
        var clock = options.clock();
        var shapes = new Shapes(new Tables(clock));
        var reader = new Reader(store, watches, shapes);
        var admission = new Admission(store, metadata, new Quotas(store));
        var writer = new Writer(store, reader, shapes, metadata, admission, new Rules(options.serviceIpPrefix()));
        var deleter = new Deleter(store, reader, shapes, metadata);
        var tokens = new Tokens(store, clock);
        var roles = new RoleBook(store);
        var access = new Access(adminToken, options.anonymousIsAdmin(), tokens, roles);
        new EventExpiry(vertx, store, clock);
        new Bootstrap(store, metadata, admission).run();
        return new Router(
                access,
                new Meta(options.version(), access),
                reader,
                writer,
                deleter,
                new Subresources(
                        store,
                        reader,
                        writer,
                        new Evictions(store, deleter, metadata),
                        new LogStreams(vertx, options.logs(), clock),
                        tokens,
                        metadata),
                new Namespaces(store, deleter, metadata),
                new AccessReviews(roles, metadata));
    }

    /** Starts a server; it listens when this returns. */
    public static ApiServer start(ApiServerOptions options) {
        var server = new ApiServer(options);
        try {
            server.listen();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void listen() {
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(16 * 1024)
                .setMaxHeaderSize(64 * 1024));
        server.requestHandler(this::receive);
        await(server.listen());
    }

    /** For faults: how far the time that it shows to its callers is ahead of that which it writes into objects. */
    public void showTimeAhead(Duration time) {
        ahead = time;
    }

    private void receive(HttpServerRequest request) {
        if (Sinks.wantsWebSocket(request)) {
            router.handle(request, new byte[0]);
            return;
        }
        request.response()
                .putHeader(
                        "Date",
                        HTTP_DATE.format(options.clock().instant().plus(ahead).atZone(ZoneOffset.UTC)));
        var body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= LARGEST_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> router.handle(request, body.getBytes()));
    }

    public URI uri() {
        return URI.create("http://%s:%d".formatted(options.host(), server.actualPort()));
    }

    /** A kubeconfig with one context, which works in the given namespace as administrator. */
    public String kubeconfig(String namespace, String contextName) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %2$s
                  cluster:
                    server: %1$s
                users:
                - name: %2$s-admin
                  user:
                    token: %4$s
                contexts:
                - name: %2$s
                  context:
                    cluster: %2$s
                    user: %2$s-admin
                    namespace: %3$s
                current-context: %2$s
                """.formatted(uri(), contextName, namespace, adminToken);
    }

    @Override
    public void close() {
        vertx.runOnContext(now -> watches.closeAll());
        await(vertx.close());
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API server starts or stops", e);
        } catch (ExecutionException e) {
            throw new CompletionException("the API server cannot start or stop", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the API server did not start or stop in time", e);
        }
    }
}
