package com.openagents.runbook.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.Plot;
import com.openagents.runbook.evidence.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** What was seen, each thing once and packed, so that thousands of answers fit into a small heap. */
public final class EvidenceStore {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final Map<String, byte[]> packed;

    private EvidenceStore(Map<String, byte[]> packed) {
        this.packed = Collections.unmodifiableMap(new LinkedHashMap<>(packed));
    }

    /** All that is in any of them. */
    static EvidenceStore of(List<EvidenceStore> stores) {
        var packed = new LinkedHashMap<String, byte[]>();
        stores.forEach(store -> packed.putAll(store.packed));
        return new EvidenceStore(packed);
    }

    /** The hashes of all evidence, in the order it was first seen. */
    public Set<String> hashes() {
        return packed.keySet();
    }

    /** Unpacks what one look at a system saw. */
    public Evidence get(EvidenceRef ref) {
        var body = json(ref.sha256());
        return new Evidence(
                body.path("title").asText(),
                body.path("system").asText(),
                body.path("asked").asText(),
                rows(body.path("seen")),
                body.path("threshold").asText(),
                ref.at(),
                ref.context(),
                plot(body));
    }

    /** The evidence as it was hashed: JSON without {@code at} and {@code context}. */
    JsonNode json(String sha256) {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed.get(sha256)))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Plot plot(JsonNode body) {
        try {
            return body.has("plot") ? JSON.treeToValue(body.path("plot"), Plot.class) : null;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a plot that cannot be read", e);
        }
    }

    private static List<Map<String, String>> rows(JsonNode seen) {
        var rows = new ArrayList<Map<String, String>>(seen.size());
        seen.forEach(row -> rows.add(texts(row)));
        return rows;
    }

    private static Map<String, String> texts(JsonNode object) {
        var texts = new LinkedHashMap<String, String>();
        object.properties().forEach(field -> texts.put(field.getKey(), text(field.getValue())));
        return texts;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** Collects evidence while a record is read. */
    static final class Builder {
        private final Map<String, byte[]> packed = new LinkedHashMap<>();
        private final Map<String, String> hashes = new LinkedHashMap<>();

        /**
         * Takes one piece of evidence.
         *
         * @throws IllegalArgumentException if it is not evidence, saying what is missing
         */
        EvidenceRef add(JsonNode evidence) {
            for (var name : List.of("title", "system", "asked")) {
                if (!evidence.path(name).isTextual()) {
                    throw new IllegalArgumentException("no " + name);
                }
            }
            if (!evidence.path("seen").isArray()) {
                throw new IllegalArgumentException("no rows");
            }
            evidence.path("seen").forEach(row -> {
                if (!row.isObject()) {
                    throw new IllegalArgumentException("a row without columns");
                }
            });
            var body = JSON.createObjectNode();
            for (var name : List.of("title", "system", "asked", "seen")) {
                body.set(name, evidence.path(name));
            }
            body.put("threshold", evidence.path("threshold").asText(""));
            if (plot(evidence) != null) {
                body.set("plot", evidence.path("plot"));
            }
            return new EvidenceRef(pack(body), instant(evidence.path("at")), texts(evidence.path("context")));
        }

        EvidenceStore build() {
            return new EvidenceStore(packed);
        }

        private String pack(JsonNode body) {
            try {
                var bytes = JSON.writeValueAsBytes(body);
                var hash = Sha256.of(bytes);
                if (!packed.containsKey(hash)) {
                    packed.put(hash, deflate(bytes));
                }
                return hashes.computeIfAbsent(hash, own -> own);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static byte[] deflate(byte[] bytes) throws IOException {
            var deflater = new Deflater(Deflater.BEST_SPEED);
            try {
                var out = new ByteArrayOutputStream(bytes.length / 4 + 64);
                try (var pack = new DeflaterOutputStream(out, deflater)) {
                    pack.write(bytes);
                }
                return out.toByteArray();
            } finally {
                deflater.end();
            }
        }

        private static Instant instant(JsonNode at) {
            try {
                if (at.isNumber()) {
                    return Instant.ofEpochMilli(
                            at.decimalValue().movePointRight(3).longValue());
                }
                return Times.read(at.asText());
            } catch (DateTimeException | ArithmeticException e) {
                throw new IllegalArgumentException("no time", e);
            }
        }
    }
}
