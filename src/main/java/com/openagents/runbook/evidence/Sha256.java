package com.openagents.runbook.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as 64 hexadecimal digits. */
public final class Sha256 {
    private Sha256() {}

    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** Of a file of whatever length. */
    public static String ofFile(Path file) throws IOException {
        var digest = digest();
        try (var bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Of a file, or of all files in a folder and below it, by their names and what is in them.
     *
     * @throws UncheckedIOException if there is none, or one cannot be read
     */
    public static String ofFiles(Path path) {
        return ofFiles(path, "");
    }

    /** As above, of the files whose names end so. */
    public static String ofFiles(Path path, String ending) {
        try (var files = Files.walk(path)) {
            var all = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (file.toString().endsWith(ending)) {
                    all.append(path.relativize(file))
                            .append(' ')
                            .append(ofFile(file))
                            .append('\n');
                }
            }
            return of(all.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("it cannot be read: " + path, e);
        }
    }

    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
