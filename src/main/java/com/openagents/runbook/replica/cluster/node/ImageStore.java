package com.openagents.runbook.replica.cluster.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The images that can be had, by reference. */
public final class ImageStore {
    private final Map<String, ContainerProgram> programs = new ConcurrentHashMap<>();

    /** An image and the digest it is known by, for example {@code registry/runtime@sha256:…}. */
    record Image(String reference, String id, ContainerProgram program) {}

    public ImageStore add(String reference, ContainerProgram program) {
        programs.put(reference, program);
        return this;
    }

    public void remove(String reference) {
        programs.remove(reference);
    }

    Optional<Image> find(String reference) {
        return Optional.ofNullable(programs.get(reference))
                .map(program -> new Image(
                        reference,
                        repository(reference) + "@sha256:" + digest(reference + '\n' + program.identity()),
                        program));
    }

    private static String repository(String reference) {
        int digest = reference.indexOf('@');
        var named = digest < 0 ? reference : reference.substring(0, digest);
        int tag = named.lastIndexOf(':');
        return tag > named.lastIndexOf('/') ? named.substring(0, tag) : named;
    }

    static String digest(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
