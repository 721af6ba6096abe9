package com.openagents.runbook.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openagents.runbook.evidence.HashChain;
import com.openagents.runbook.evidence.Redactor;
import io.cucumber.messages.ndjson.Serializer;
import io.cucumber.messages.types.Attachment;
import io.cucumber.messages.types.AttachmentContentEncoding;
import io.cucumber.messages.types.Envelope;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * Writes the record of a run, one Cucumber message a line, each line as it happens, so that a run killed at any moment
 * leaves all that was known. Everything is redacted before it is written. The lines are chained, and the record says so
 * every now and then: a record that was cut short is proven up to its last link.
 */
final class RecordWriter implements AutoCloseable {
    private static final ObjectMapper JSON = new JsonMapper();
    private static final int LINES_BETWEEN_LINKS = 100;

    private final Path path;
    private final Serializer serializer = new Serializer();
    private final HashChain chain = new HashChain();
    private final OutputStream file;
    private final Redactor redactor;
    private boolean scenariosEnded;
    private boolean closed;
    private Consumer<byte[]> follower = line -> {};

    RecordWriter(Path path, Redactor redactor) {
        this.path = path;
        this.redactor = redactor;
        try {
            file = Files.newOutputStream(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the record cannot be written: " + path, e);
        }
    }

    /** Writes what Cucumber tells of the scenarios. */
    synchronized void write(Envelope envelope) {
        if (!scenariosEnded) {
            put(envelope);
        }
    }

    /** From now on nothing is known of scenarios: what happens to one that is under way is no finding. */
    synchronized void endScenarios() {
        scenariosEnded = true;
    }

    /** From now on each line is handed on as well, after those that are written already; the bytes without the line feed. */
    synchronized void follow(Consumer<byte[]> reader) {
        try {
            Files.readString(path)
                    .lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .forEach(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("the record cannot be read", e);
        }
        follower = reader;
    }

    private synchronized void put(Envelope envelope) {
        if (closed) {
            return;
        }
        line(redactor.redact(json(readable(envelope))));
        if (chain.lines() % LINES_BETWEEN_LINKS == 0) {
            link(false);
        }
    }

    private String json(Envelope envelope) {
        try {
            var line = new StringWriter();
            serializer.writeValue(line, envelope);
            return line.toString().strip();
        } catch (IOException e) {
            throw new UncheckedIOException("a message cannot be written as JSON", e);
        }
    }

    /** Written at once, so that whoever is killed leaves whole lines. */
    private void line(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var whole = Arrays.copyOf(bytes, bytes.length + 1);
        whole[bytes.length] = '\n';
        try {
            file.write(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("the record cannot be written", e);
        }
        chain.add(bytes);
        follower.accept(bytes);
    }

    /** Not redacted: it holds no secret, and a digit that is masked would break the chain. */
    private void link(boolean last) {
        line(json(attachment(HashChain.Link.MEDIA_TYPE, chain.link(last))));
    }

    /** Writes a fact about the whole run, as an attachment that belongs to no step. */
    void attach(String mediaType, Object fact) {
        put(attachment(mediaType, fact));
    }

    private static Envelope attachment(String mediaType, Object fact) {
        try {
            var now = Instant.now();
            var timestamp = new io.cucumber.messages.types.Timestamp(now.getEpochSecond(), (long) now.getNano());
            return Envelope.of(new Attachment(
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
                    timestamp));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fact of the run is not writable as JSON", e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            link(true);
        } catch (IOException e) {
            throw new UncheckedIOException("the record cannot be closed", e);
        }
    }

    /** Text that Cucumber packed as base64 is written as text: redaction sees it, and so do people. */
    private static Envelope readable(Envelope envelope) {
        var attachment = envelope.getAttachment().orElse(null);
        if (attachment == null
                || attachment.getContentEncoding() != AttachmentContentEncoding.BASE64
                || !isText(attachment.getMediaType())) {
            return envelope;
        }
        return Envelope.of(new Attachment(
                new String(Base64.getDecoder().decode(attachment.getBody()), StandardCharsets.UTF_8),
                AttachmentContentEncoding.IDENTITY,
                attachment.getFileName().orElse(null),
                attachment.getMediaType(),
                attachment.getSource().orElse(null),
                attachment.getTestCaseStartedId().orElse(null),
                attachment.getTestStepId().orElse(null),
                attachment.getUrl().orElse(null),
                attachment.getTestRunStartedId().orElse(null),
                attachment.getTestRunHookStartedId().orElse(null),
                attachment.getTimestamp().orElse(null)));
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/") || mediaType.endsWith("+json") || mediaType.equals("application/json");
    }
}
