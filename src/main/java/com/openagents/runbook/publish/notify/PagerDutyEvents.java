package com.openagents.runbook.publish.notify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openagents.runbook.publish.NotDelivered;
import com.openagents.runbook.publish.Outgoing;
import com.openagents.runbook.publish.Post;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** PagerDuty's Events API v2: an incident for each scenario, resolved when the finding is over. */
final class PagerDutyEvents implements Channel {
    private static final String ADDRESS = "https://events.pagerduty.com/v2/enqueue";
    private static final int LONGEST_SUMMARY = 1024;
    private static final int LONGEST_KEY = 255;

    private final Post post;
    private final String url;
    private final Supplier<String> routingKey;

    /** @param url empty for PagerDuty's own */
    PagerDutyEvents(Post post, Optional<String> url, Supplier<String> routingKey) {
        this.post = post;
        this.url = url.orElse(ADDRESS);
        this.routingKey = routingKey;
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public boolean disturbsWhenOver() {
        return false;
    }

    /** So many at a time; the next run tells the rest. */
    @Override
    public List<Parcel> parcels(Message message) {
        return message.shown().stream()
                .map(notice -> new Parcel(
                        new Outgoing(name(), Channel.changes(1), () -> send(event(message, notice)), true),
                        List.of(notice)))
                .toList();
    }

    private void send(ObjectNode event) throws NotDelivered {
        event.put("routing_key", routingKey.get());
        post.send(url, Json.MEDIA_TYPE, Optional.empty(), Json.text(event));
    }

    /** All but the routing key, which is a secret. */
    static ObjectNode event(Message message, Notice notice) {
        var event = Json.object();
        boolean over = notice.change().over();
        event.put("event_action", over ? "resolve" : "trigger");
        event.put("dedup_key", shortened("runbook/" + message.environment() + "/" + notice.scenario(), LONGEST_KEY));
        if (over) {
            return event;
        }
        event.put("client", "OpenAgents runbook");
        if (!message.link().isEmpty()) {
            event.put("client_url", message.link(notice));
        }
        var payload = event.putObject("payload");
        payload.put("summary", shortened(message.environment() + ": " + notice.finding(), LONGEST_SUMMARY));
        payload.put("source", message.environment());
        payload.put("severity", severity(notice));
        payload.put("timestamp", notice.since().toString());
        payload.put("component", message.namespace());
        payload.put("group", "section " + notice.section());
        payload.put("class", notice.scenario());
        var details = payload.putObject("custom_details");
        details.put("check", notice.name());
        details.put("details", String.join("\n", notice.details()));
        details.put("next", notice.action());
        details.put("see", notice.see());
        details.put("run", message.run());
        return event;
    }

    private static String severity(Notice notice) {
        return switch (notice.severity()) {
            case "critical" -> "critical";
            case "medium" -> "warning";
            case "low" -> "info";
            default -> "error";
        };
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
