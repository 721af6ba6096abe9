package com.openagents.runbook.system.checkout;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The written evidence of the drills in the working copy (runbook 8).
 *
 * @param folder the root of the repository
 * @param documents the documents that the runbook names
 * @param verdict the line of the latest report that says how many cases passed and failed, if it has one
 */
public record DrillDocuments(Path folder, List<Document> documents, Optional<String> verdict) {

    /** @param title its first heading, empty if the document is not there or has none */
    public record Document(String path, boolean isThere, String title) {}

    public DrillDocuments {
        documents = List.copyOf(documents);
    }
}
