package com.openagents.runbook.safety;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The inverses of all changes of one run, written to the disk and to the cluster before each change is made. What is in
 * either of the two may have been done and is taken back; what is in neither was not.
 */
final class Journal {
    private final JournalFile file;
    private final JournalMap map;
    private JournalEntry last;

    private Journal(JournalFile file, JournalMap map) {
        this.file = file;
        this.map = map;
    }

    /** @throws io.fabric8.kubernetes.client.KubernetesClientException if there is one in the namespace already */
    static Journal begin(Ground ground, String runId) {
        var map = new JournalMap(ground.client(), ground.namespace());
        map.begin(runId);
        return new Journal(new JournalFile(path(ground, runId)), map);
    }

    /** The journal that an earlier run left behind in the namespace, with its file where this is the same machine. */
    static Optional<Journal> left(Ground ground) {
        var map = new JournalMap(ground.client(), ground.namespace());
        return map.run().map(runId -> new Journal(new JournalFile(path(ground, runId)), map));
    }

    private static Path path(Ground ground, String runId) {
        return ground.journals().resolve(ground.namespace() + "-" + runId + ".journal");
    }

    synchronized void write(String what, Inverse inverse) {
        var entry = JournalEntry.after(last, what, inverse, Instant.now());
        file.write(entry);
        map.write(entry);
        last = entry;
    }

    /**
     * What was not taken back yet, the newest first.
     *
     * @throws IllegalStateException if an entry was altered after it had been written; then nothing is to be taken back
     */
    synchronized List<JournalEntry> open() {
        var open = new TreeMap<Integer, JournalEntry>(Collections.reverseOrder());
        open.putAll(map.open());
        // The file may know of one more that the cluster was not told in time, and of none that was taken back here.
        file.open().forEach(open::putIfAbsent);
        open.values().stream().filter(entry -> !entry.intact()).findFirst().ifPresent(altered -> {
            throw new IllegalStateException("entry " + altered.number() + " of the undo journal (" + altered.what()
                    + ") was altered after it had been written; nothing was taken back. Compare " + file.path()
                    + " with ConfigMap " + JournalMap.NAME);
        });
        return new ArrayList<>(open.values());
    }

    synchronized void undone(JournalEntry entry) {
        map.undone(entry.number());
        file.undone(entry.number());
    }

    void end() {
        map.end();
    }
}
