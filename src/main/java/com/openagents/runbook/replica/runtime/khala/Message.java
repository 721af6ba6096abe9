package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One message of the Phoenix protocol; references may be null (contract 5.1). */
record Message(String joinRef, String ref, String topic, String event, Object payload) {

    static Message reply(String joinRef, String ref, String topic, boolean ok, Object response) {
        var payload = Json.object("status", ok ? "ok" : "error", "response", response);
        return new Message(joinRef, ref, topic, "phx_reply", payload);
    }

    static Message push(String joinRef, String topic, String event, Object payload) {
        return new Message(joinRef, null, topic, event, payload);
    }

    /** How messages are written: the two versions that a client may ask for with {@code vsn}. */
    enum Format {
        /** Objects. */
        V1("Phoenix.Socket.V1.JSONSerializer") {
            @Override
            Message parse(Object json) throws IOException {
                if (!(json instanceof Map<?, ?> map)) {
                    throw new IOException("not an object");
                }
                return new Message(
                        text(map.get("join_ref")),
                        text(map.get("ref")),
                        text(map.get("topic")),
                        text(map.get("event")),
                        map.get("payload"));
            }

            @Override
            String write(Message message) {
                return Json.write(Json.object(
                        "topic", message.topic,
                        "event", message.event,
                        "payload", message.payload,
                        "ref", message.ref));
            }
        },
        /** Arrays of five. */
        V2("Phoenix.Socket.V2.JSONSerializer") {
            @Override
            Message parse(Object json) throws IOException {
                if (!(json instanceof List<?> list) || list.size() != 5) {
                    throw new IOException("not an array of five");
                }
                return new Message(
                        text(list.get(0)), text(list.get(1)), text(list.get(2)), text(list.get(3)), list.get(4));
            }

            @Override
            String write(Message message) {
                return Json.write(
                        Arrays.asList(message.joinRef, message.ref, message.topic, message.event, message.payload));
            }
        };

        private final String serializer;

        Format(String serializer) {
            this.serializer = serializer;
        }

        String serializer() {
            return serializer;
        }

        abstract Message parse(Object json) throws IOException;

        abstract String write(Message message);

        /** @throws IOException when the text is no message */
        Message read(String text) throws IOException {
            return parse(Json.parse(text));
        }

        private static String text(Object value) {
            return value == null ? null : value.toString();
        }
    }
}
