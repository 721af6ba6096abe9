package com.openagents.runbook.replica.runtime.khala;

import com.openagents.runbook.replica.runtime.json.Json;
import com.openagents.runbook.replica.runtime.sync.Journal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Rows of a topic as they are sent, already written, since many channels send the same.
 *
 * @param watermark of the last row, or that which was asked for if there is none
 * @param head the newest watermark at that moment
 * @param batch the payload of {@code sync:update_batch}; null if there are no rows
 * @param frame the payload of {@code sync:frame}, which says the same once more; null if there are no rows
 */
record Page(String topic, long watermark, long head, Json.Written batch, Json.Written frame) {

    static Page of(String topic, long after, List<Journal.Entry> rows, long head) {
        if (rows.isEmpty()) {
            return new Page(topic, after, head, null, null);
        }
        long watermark = rows.get(rows.size() - 1).watermark();
        var batch = Json.written(Json.object(
                "updates", rows.stream().map(Page::update).toList(),
                "replay_complete", watermark >= head,
                "head_watermarks", List.of(Json.object("topic", topic, "watermark", head))));
        return new Page(topic, watermark, head, batch, frame(topic, watermark, "KHALA_FRAME_KIND_UPDATE_BATCH", batch));
    }

    /** The frame around a payload. */
    static Json.Written frame(Object topic, long seq, String kind, Json.Written payload) {
        var bytes = payload.text().getBytes(StandardCharsets.UTF_8);
        return Json.written(Json.object(
                "topic", topic,
                "seq", seq,
                "kind", kind,
                "payload_bytes", Base64.getEncoder().encodeToString(bytes),
                "schema_version", 1));
    }

    boolean isEmpty() {
        return batch == null;
    }

    /** Whether nothing follows. */
    boolean isLast() {
        return isEmpty() || watermark >= head;
    }

    private static Map<String, Object> update(Journal.Entry row) {
        var hash = row.hash() == null ? null : Base64.getEncoder().encodeToString(row.hash());
        return Json.object(
                "topic", row.topic(),
                "doc_key", row.docKey(),
                "doc_version", row.docVersion(),
                "payload", row.payload(),
                "payload_hash", hash,
                "watermark", row.watermark(),
                "hydration_required", row.payload() == null);
    }
}
