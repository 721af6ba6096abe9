package com.openagents.runbook.replica.cluster.node;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The class path of this program with jars only: class archives do not work with folders. */
public final class PackedClassPath {
    private static final FileTime NO_TIME = FileTime.fromMillis(315_532_800_000L);

    private final Path cache;

    /** @param cache where folders are packed into jars */
    public PackedClassPath(Path cache) {
        this.cache = cache;
    }

    String pack() throws IOException {
        return jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Tells this build from others, by what is in each jar. */
    public String identity() throws IOException {
        var sha256 = sha256();
        for (var jar : jars()) {
            sha256.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            sha256.update(Files.readAllBytes(jar));
        }
        return shortened(sha256);
    }

    /** Each entry as a jar. */
    public List<Path> jars() throws IOException {
        var jars = new ArrayList<Path>();
        for (var entry : entries()) {
            var path = Path.of(entry);
            if (Files.isDirectory(path)) {
                jars.add(packed(path));
            } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                jars.add(path);
            }
        }
        return jars;
    }

    /** What is really on the class path, also when a launcher hides it in the manifest of a jar. */
    static Set<String> entries() {
        var entries = new LinkedHashSet<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.isEmpty() && entries.add(Path.of(entry).toAbsolutePath().toString())) {
                entries.addAll(listedIn(Path.of(entry).toAbsolutePath()));
            }
        }
        return entries;
    }

    private static List<String> listedIn(Path entry) {
        if (!Files.isRegularFile(entry)) {
            return List.of();
        }
        try (var jar = new JarFile(entry.toFile())) {
            var listed = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue("Class-Path");
            if (listed == null) {
                return List.of();
            }
            var paths = new ArrayList<String>();
            for (var reference : listed.trim().split("\\s+")) {
                var at = entry.toUri().resolve(URI.create(reference));
                if (Files.exists(Path.of(at))) {
                    paths.add(Path.of(at).normalize().toString());
                }
            }
            return paths;
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    private Path packed(Path folder) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        var jar = cache.resolve("classes-" + digest(folder, files) + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        var draft = Files.createTempFile(cache, "classes", ".part");
        try (var zip = new ZipOutputStream(Files.newOutputStream(draft))) {
            for (var file : files) {
                var entry = new ZipEntry(folder.relativize(file).toString().replace(File.separatorChar, '/'));
                entry.setLastModifiedTime(NO_TIME);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String digest(Path folder, List<Path> files) throws IOException {
        var sha256 = sha256();
        for (var file : files) {
            sha256.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
            sha256.update(Files.readAllBytes(file));
        }
        return shortened(sha256);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String shortened(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
}
