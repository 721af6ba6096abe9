package com.openagents.runbook.report.attestation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.openagents.runbook.evidence.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every file in the folder of a run and below it, sorted by its path, except the manifest itself and the attestation that
 * names the manifest.
 */
record Manifest(@JsonProperty("files") List<Entry> files) {
    static final String FILE = "manifest.json";

    /**
     * One file.
     *
     * @param path from the folder of the run on, with slashes
     * @param size in bytes
     * @param sha256 of its content; empty if it is not a regular file, which nobody wrote there
     */
    record Entry(
            @JsonProperty("path") String path,
            @JsonProperty("size") long size,
            @JsonProperty("sha256") String sha256) {}

    Manifest {
        files = List.copyOf(files);
    }

    /** What is in the folder now. Links are not followed. */
    static Manifest of(Path runFolder) throws IOException {
        var files = new ArrayList<Entry>();
        // The folder itself may be named by a link, such as latest.
        var folder = runFolder.toRealPath();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                var path = folder.relativize(file).toString().replace(File.separatorChar, '/');
                if (!path.equals(FILE) && !path.equals(Envelope.FILE)) {
                    files.add(entry(path, file));
                }
            }
        }
        files.sort(Comparator.comparing(Entry::path));
        return new Manifest(files);
    }

    private static Entry entry(String path, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Entry(path, 0, "");
        }
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
            var size = bytes.transferTo(OutputStream.nullOutputStream());
            var digest = ((DigestInputStream) bytes).getMessageDigest().digest();
            return new Entry(path, size, HexFormat.of().formatHex(digest));
        }
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException if it is something else
     */
    static Manifest read(byte[] bytes) throws IOException {
        var manifest = Json.MAPPER.readValue(bytes, Manifest.class);
        if (manifest == null
                || manifest.files().stream().anyMatch(entry -> entry.path() == null || entry.sha256() == null)) {
            throw new IOException("a file without a path or a hash");
        }
        return manifest;
    }

    byte[] bytes() {
        return Json.pretty(this);
    }

    Map<String, Entry> byPath() {
        return files.stream().collect(Collectors.toMap(Entry::path, Function.identity(), (one, other) -> other));
    }
}
