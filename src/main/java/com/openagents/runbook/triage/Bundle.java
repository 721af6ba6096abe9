package com.openagents.runbook.triage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.EvidenceLog;
import com.openagents.runbook.evidence.Redactor;
import com.openagents.runbook.system.http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The folder that is kept: the page, and every answer as it came, redacted. */
final class Bundle implements EvidenceLog {
    static final String MARKDOWN = "triage.md";
    static final String HTML = "triage.html";

    private static final ObjectWriter JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build()
            .writerWithDefaultPrettyPrinter();

    private final Redactor redactor;
    private final List<Evidence> answers = new ArrayList<>();

    Bundle(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public synchronized void saw(Evidence evidence) {
        answers.add(evidence);
    }

    synchronized void write(Path folder, Page page, Map<String, Answer> metrics) throws IOException {
        var raw = Files.createDirectories(folder.resolve("raw"));
        Files.writeString(folder.resolve(MARKDOWN), redactor.redact(MarkdownPage.of(page)));
        Files.writeString(folder.resolve(HTML), redactor.redact(HtmlPage.of(page)));
        for (int i = 0; i < answers.size(); i++) {
            var answer = answers.get(i);
            var name = "%02d-%s-%s.json".formatted(i + 1, answer.system(), slug(answer.title()));
            Files.writeString(raw.resolve(name), redactor.redact(json(answer)));
        }
        for (var pod : metrics.entrySet()) {
            Files.writeString(
                    raw.resolve("metrics-" + slug(pod.getKey()) + ".txt"),
                    redactor.redact(pod.getValue().body()));
        }
    }

    private static String json(Evidence answer) throws JsonProcessingException {
        return JSON.writeValueAsString(answer);
    }

    private static String slug(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
