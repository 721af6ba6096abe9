package com.openagents.runbook.publish.notify;

/** A message in JSON of our own; {@code docs/notifications.md} says what its parts are. */
final class WebhookJson {
    private static final int VERSION = 1;

    private WebhookJson() {}

    static String of(Message message) {
        var root = Json.object();
        root.put("version", VERSION);
        root.put("environment", message.environment());
        root.put("namespace", message.namespace());
        root.put("run", message.run());
        root.put("verdict", message.verdict().word());
        root.put("at", message.at().toString());
        root.put("report", message.link());
        root.set("changes", Json.MAPPER.valueToTree(message.changes()));
        return Json.text(root);
    }
}
