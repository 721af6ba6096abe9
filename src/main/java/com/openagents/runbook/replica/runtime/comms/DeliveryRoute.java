package com.openagents.runbook.replica.runtime.comms;

import com.openagents.runbook.replica.runtime.db.Database;
import com.openagents.runbook.replica.runtime.events.Digests;
import com.openagents.runbook.replica.runtime.http.Changeset;
import com.openagents.runbook.replica.runtime.http.HttpError;
import com.openagents.runbook.replica.runtime.http.Request;
import com.openagents.runbook.replica.runtime.http.Response;
import com.openagents.runbook.replica.runtime.http.Route;
import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.json.Timestamps;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Contract 3.13: records what became of a message, once per event id. */
public final class DeliveryRoute {
    private static final List<String> STATES = List.of("delivered", "bounced", "complained", "unsubscribed");

    private final Database database;
    private final InstantSource clock = InstantSource.system();

    public DeliveryRoute(Database database) {
        this.database = database;
    }

    public Route route() {
        return new Route("POST", "/internal/v1/comms/delivery-events", Route.Pipeline.API, this::handle);
    }

    private Response handle(Request request) throws SQLException {
        var body = request.body();
        var changes = new Changeset();
        var eventId = sized(changes, "event_id", body.get("event_id"), 256);
        var provider = sized(changes, "provider", body.get("provider"), 64);
        var state = changes.requiredText("delivery_state", body.get("delivery_state"));
        if (state != null && !STATES.contains(state)) {
            var all = STATES.stream().map(word -> "\"" + word + "\"").toList();
            changes.error("delivery_state", "is invalid", "validation: :inclusion, enum: " + all);
        }
        if (body.get("payload") != null && !(body.get("payload") instanceof Map)) {
            changes.invalid("payload", "map");
        }
        var occurredAt = occurredAt(changes, body.get("occurred_at"));
        changes.check();
        boolean replay = !insert(body, eventId, provider, state, occurredAt);
        return Response.json(
                replay ? 200 : 202, Json.object("eventId", eventId, "status", "accepted", "idempotentReplay", replay));
    }

    /** Whether the event is new. */
    private boolean insert(Map<String, Object> body, String eventId, String provider, String state, Instant occurredAt)
            throws SQLException {
        var payload = body.get("payload") == null ? Map.of() : body.get("payload");
        var hash = Digests.term(Json.object("provider", provider, "delivery_state", state, "payload", payload));
        var now = clock.instant();
        return database.transaction(sql -> {
            int inserted = sql.update(
                    "INSERT INTO runtime.comms_delivery_events (event_id, provider, delivery_state, message_id,"
                            + " integration_id, recipient, occurred_at, reason, payload, payload_hash, inserted_at, updated_at)"
                            + " VALUES (?, ?, ?, ?::varchar, ?::varchar, ?::varchar, ?::timestamp, ?::varchar, ?, ?, ?, ?)"
                            + " ON CONFLICT (event_id) DO NOTHING",
                    eventId,
                    provider,
                    state,
                    body.get("message_id"),
                    body.get("integration_id"),
                    body.get("recipient"),
                    occurredAt,
                    body.get("reason"),
                    payload,
                    hash,
                    now,
                    now);
            if (inserted == 0) {
                compare(
                        hash,
                        sql.find(
                                        "SELECT payload_hash FROM runtime.comms_delivery_events WHERE event_id = ?",
                                        row -> row.text("payload_hash"),
                                        eventId)
                                .orElse(""));
            }
            return inserted == 1;
        });
    }

    private static void compare(String hash, String stored) {
        if (!hash.equals(stored)) {
            throw HttpError.conflict("event_id payload mismatch for existing webhook event");
        }
    }

    private static String sized(Changeset changes, String field, Object value, int longest) {
        var text = changes.requiredText(field, value);
        if (text != null && text.length() < 2) {
            changes.error(
                    field,
                    "should be at least %{count} character(s)",
                    "count: 2, validation: :length, kind: :min, type: :string");
        } else if (text != null && text.length() > longest) {
            changes.error(
                    field,
                    "should be at most %{count} character(s)",
                    "count: " + longest + ", validation: :length, kind: :max, type: :string");
        }
        return text;
    }

    private static Instant occurredAt(Changeset changes, Object value) {
        if (value == null) {
            return null;
        }
        var parsed = value instanceof String text ? Timestamps.parse(text) : java.util.Optional.<Instant>empty();
        if (parsed.isEmpty()) {
            changes.invalid("occurred_at", "utc_datetime_usec");
        }
        return parsed.orElse(null);
    }
}
