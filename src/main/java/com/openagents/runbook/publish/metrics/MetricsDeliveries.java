package com.openagents.runbook.publish.metrics;

import com.openagents.runbook.environment.Publish;
import com.openagents.runbook.publish.Outgoing;
import com.openagents.runbook.publish.Post;
import com.openagents.runbook.report.Run;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The metrics of a run for whoever the environment names. */
public final class MetricsDeliveries {
    private static final String WHAT = "metrics";

    private MetricsDeliveries() {}

    /** @param secrets finds the value behind a reference */
    public static List<Outgoing> of(Run run, Publish publish, UnaryOperator<String> secrets) {
        var all = new ArrayList<Outgoing>();
        Optional.ofNullable(publish.pushgateway()).ifPresent(gateway -> {
            var post = new Post();
            all.add(new Outgoing(
                    "pushgateway",
                    WHAT,
                    () -> post.send(
                            gateway.url().replaceFirst("/$", "") + group(run),
                            MetricsFile.MEDIA_TYPE,
                            Optional.ofNullable(gateway.token()).map(secrets),
                            MetricsFile.text(run)),
                    true));
        });
        Optional.ofNullable(publish.otlp())
                .ifPresent(otlp -> all.add(new Outgoing(
                        "otlp",
                        WHAT,
                        () -> {
                            var headers = new LinkedHashMap<String, String>();
                            otlp.headers().forEach((name, reference) -> headers.put(name, secrets.apply(reference)));
                            Collector.tell(run, otlp.url(), headers);
                        },
                        true)));
        return all;
    }

    /**
     * A group for each environment. Posting replaces what has the same name and leaves the rest, so that the time of the
     * last success stays where this run knows none.
     */
    private static String group(Run run) {
        var name = URLEncoder.encode(run.facts().environment(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return "/metrics/job/runbook/environment/" + name;
    }
}
