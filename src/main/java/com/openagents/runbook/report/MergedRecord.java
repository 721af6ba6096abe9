package com.openagents.runbook.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cucumber.messages.ndjson.Deserializer;
import io.cucumber.messages.ndjson.Serializer;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.AttachmentContentEncoding;
import io.cucumber.messages.types.Envelope;
import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of several runs: a line that says which, and for each of them a line that names it and all lines of its
 * own record, as they are. Lines of this kind are attachments of the run, as other facts about it are.
 */
public final class MergedRecord {
    static final String HEAD = "application/vnd.openagents.merged+json";
    static final String PART = "application/vnd.openagents.part+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private MergedRecord() {}

    /** A run that is merged, and the folder of its record. */
    public record Source(Run run, Path folder) {}

    /** Why these runs cannot be one run, if so. */
    public static Optional<String> refuses(List<Run> runs) {
        var ids = new HashSet<String>();
        return runs.stream()
                .flatMap(run -> parts(run).stream())
                .map(Merged.Part::runId)
                .filter(id -> !ids.add(id))
                .findFirst()
                .map(id -> "The run " + id + " is given more than once.")
                .or(() -> MergeFit.misfit(runs));
    }

    /**
     * Writes the record of all of them into a folder.
     *
     * @param runId of the run that they become
     * @throws IOException if a record cannot be read, or this one cannot be written
     */
    public static void write(String runId, List<Source> sources, Path folder) throws IOException {
        try (var out = new Lines(Files.newOutputStream(folder.resolve(RunRecord.FILE)))) {
            var parts = sources.stream()
                    .flatMap(source -> parts(source.run()).stream())
                    .map(part -> Map.of("runId", part.runId(), "sha256", part.recordSha256()))
                    .toList();
            out.line(HEAD, Map.of("runId", runId, "parts", parts));
            for (var source : sources) {
                try (var in = new BufferedInputStream(
                        Files.newInputStream(source.folder().resolve(RunRecord.FILE)))) {
                    if (source.run().merged().parts().isEmpty()) {
                        out.line(PART, Map.of("runId", source.run().facts().runId()));
                    } else {
                        skipLine(in);
                    }
                    in.transferTo(out);
                    out.endLine();
                }
            }
        }
    }

    private static List<Merged.Part> parts(Run run) {
        return run.merged().parts().isEmpty()
                ? List.of(Merged.Part.of(run, run.recordSha256()))
                : run.merged().parts();
    }

    private static void skipLine(BufferedInputStream in) throws IOException {
        for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
            continue;
        }
    }

    /** What a line says about the parts of a record, if it says so. */
    static Optional<Mark> mark(String line) {
        if (!line.contains(HEAD) && !line.contains(PART)) {
            return Optional.empty();
        }
        try {
            return new Deserializer()
                    .readValue(line)
                    .getAttachment()
                    .filter(attachment -> attachment.getTestCaseStartedId().isEmpty())
                    .filter(attachment -> List.of(HEAD, PART).contains(attachment.getMediaType()))
                    .map(Mark::of);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** @param parts the hashes of all parts by their run ids; of the head only */
    record Mark(boolean head, String runId, Map<String, String> parts) {
        private static Mark of(Attachment attachment) {
            JsonNode json;
            try {
                json = JSON.readTree(attachment.getBody());
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("not JSON", e);
            }
            var parts = new LinkedHashMap<String, String>();
            json.path("parts")
                    .forEach(part -> parts.put(
                            part.path("runId").asText(), part.path("sha256").asText()));
            return new Mark(
                    attachment.getMediaType().equals(HEAD), json.path("runId").asText(), parts);
        }
    }

    /** Knows whether a line is open. */
    private static final class Lines extends FilterOutputStream {
        private boolean open;

        private Lines(OutputStream out) {
            super(out);
        }

        private void line(String mediaType, Object fact) throws IOException {
            var line = new StringWriter();
            new Serializer()
                    .writeValue(
                            line,
                            Envelope.of(new Attachment(
                                    JSON.writeValueAsString(fact),
                                    AttachmentContentEncoding.IDENTITY,
                                    null,
                                    mediaType,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null)));
            write((line.toString().strip() + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /** A record that was cut short ends within a line. */
        private void endLine() throws IOException {
            if (open) {
                write('\n');
            }
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            open = one != '\n';
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            open = length > 0 ? bytes[from + length - 1] != '\n' : open;
        }
    }
}
