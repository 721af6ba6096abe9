package com.openagents.runbook.replica.cluster.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How the API server is to run.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param logs where the logs of containers come from
 * @param version what {@code /version} says, for example {@code v1.34.2}
 * @param clock the time written into objects
 * @param serviceIpPrefix the first three numbers of the addresses services get, for example {@code 10.96.0}
 * @param historyLimit how many changes a watch can look back
 * @param bookmarkInterval how often a watch that asked for bookmarks gets one
 * @param anonymousIsAdmin whether a request without a token may do everything: kubectl sends no token over plain HTTP
 */
public record ApiServerOptions(
        String host,
        int port,
        PodLogs logs,
        String version,
        Clock clock,
        String serviceIpPrefix,
        int historyLimit,
        Duration bookmarkInterval,
        boolean anonymousIsAdmin) {

    public ApiServerOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(logs, "logs");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(serviceIpPrefix, "serviceIpPrefix");
        Objects.requireNonNull(bookmarkInterval, "bookmarkInterval");
    }

    public static ApiServerOptions defaults() {
        return new ApiServerOptions(
                "127.0.0.1",
                0,
                PodLogs.none(),
                "v1.34.2",
                Clock.systemUTC(),
                "10.96.0",
                10_000,
                Duration.ofMinutes(1),
                true);
    }

    public ApiServerOptions withLogs(PodLogs source) {
        return new ApiServerOptions(
                host, port, source, version, clock, serviceIpPrefix, historyLimit, bookmarkInterval, anonymousIsAdmin);
    }

    public ApiServerOptions withPort(int number) {
        return new ApiServerOptions(
                host, number, logs, version, clock, serviceIpPrefix, historyLimit, bookmarkInterval, anonymousIsAdmin);
    }

    public ApiServerOptions withClock(Clock source) {
        return new ApiServerOptions(
                host, port, logs, version, source, serviceIpPrefix, historyLimit, bookmarkInterval, anonymousIsAdmin);
    }

    public ApiServerOptions withHistoryLimit(int changes) {
        return new ApiServerOptions(
                host, port, logs, version, clock, serviceIpPrefix, changes, bookmarkInterval, anonymousIsAdmin);
    }

    public ApiServerOptions withAnonymousIsAdmin(boolean admin) {
        return new ApiServerOptions(
                host, port, logs, version, clock, serviceIpPrefix, historyLimit, bookmarkInterval, admin);
    }
}
