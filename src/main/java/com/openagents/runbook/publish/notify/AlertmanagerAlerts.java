package com.openagents.runbook.publish.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.openagents.runbook.publish.Outgoing;
import com.openagents.runbook.publish.Post;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Alerts for an Alertmanager, one for each scenario, ended when the finding is over. An alert that nobody repeats ends by
 * itself, so each run repeats those that stand; whom to tell how often is the Alertmanager's business.
 */
final class AlertmanagerAlerts implements Channel {
    /** How long an alert stands when no run comes any more. */
    private static final Duration LASTS = Duration.ofDays(2);

    private final Post post;
    private final String url;
    private final Optional<Supplier<String>> token;

    AlertmanagerAlerts(Post post, String url, Optional<Supplier<String>> token) {
        this.post = post;
        this.url = url.replaceFirst("/$", "") + "/api/v2/alerts";
        this.token = token;
    }

    @Override
    public String name() {
        return "alertmanager";
    }

    @Override
    public boolean disturbsWhenOver() {
        return false;
    }

    @Override
    public List<Parcel> parcels(Message message) {
        int changes = message.changes().size();
        if (changes + message.standing().size() == 0) {
            return List.of();
        }
        var what = changes > 0 ? Channel.changes(changes) : "what stands";
        var body = body(message);
        var outgoing =
                new Outgoing(name(), what, () -> post.send(url, Json.MEDIA_TYPE, token.map(Supplier::get), body), true);
        return List.of(new Parcel(outgoing, message.changes()));
    }

    static String body(Message message) {
        var alerts = Json.MAPPER.createArrayNode();
        var all = new ArrayList<>(message.changes());
        all.addAll(message.standing());
        all.forEach(notice -> alert(alerts, message, notice));
        return Json.text(alerts);
    }

    private static void alert(ArrayNode alerts, Message message, Notice notice) {
        var alert = alerts.addObject();
        var labels = alert.putObject("labels");
        labels.put("alertname", "RunbookFinding");
        labels.put("environment", message.environment());
        labels.put("namespace", message.namespace());
        labels.put("section", notice.section());
        labels.put("scenario", notice.scenario());
        labels.put("severity", notice.severity());
        var annotations = alert.putObject("annotations");
        annotations.put("summary", notice.name());
        if (!notice.change().over()) {
            var details = new ArrayList<>(List.of(notice.finding()));
            details.addAll(notice.details());
            annotations.put("description", String.join("\n", details));
            annotations.put("next", notice.action());
            annotations.put("see", notice.see());
        }
        alert.put("startsAt", notice.since().toString());
        alert.put(
                "endsAt", (notice.change().over() ? message.at() : message.at().plus(LASTS)).toString());
        if (!message.link().isEmpty()) {
            alert.put("generatorURL", message.link(notice));
        }
    }
}
