package com.openagents.runbook.publish.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.openagents.runbook.environment.Notify;
import com.openagents.runbook.publish.Receiver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The changes that a server is told as a webhook. */
final class WebhookChanges {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookChanges() {}

    static Notify.To webhook(Receiver receiver) {
        return new Notify.To(null, null, null, null, new Notify.Receiver(receiver.url(), null), null);
    }

    /** Each with its scenario, without what came before. */
    static List<String> toldSince(Receiver receiver, int before) {
        return receiver.bodies().subList(before, receiver.told().size()).stream()
                .flatMap(body -> changes(body).stream())
                .toList();
    }

    private static List<String> changes(String body) {
        try {
            var changes = new ArrayList<String>();
            JSON.readTree(body)
                    .path("changes")
                    .forEach(change -> changes.add(change.path("change").asText() + " "
                            + change.path("scenario").asText()));
            return changes;
        } catch (IOException e) {
            throw new IllegalStateException(body, e);
        }
    }
}
