package com.openagents.runbook.report.attestation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DSSE envelope with at most one signature.
 *
 * @param signature 64 bytes of Ed25519; empty if nobody signed
 * @see <a href="https://github.com/secure-systems-lab/dsse">DSSE</a>
 */
record Envelope(byte[] payload, Optional<byte[]> signature) {
    static final String FILE = "attestation.json";

    private static final String ALGORITHM = "Ed25519";

    /** @param key nobody's if it is empty */
    static Envelope of(byte[] payload, Optional<PrivateKey> key) {
        return new Envelope(payload, key.map(own -> sign(payload, own)));
    }

    private static byte[] sign(byte[] payload, PrivateKey key) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(encoded(payload));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the run cannot be signed with this key", e);
        }
    }

    /** Whether the owner of this key signed it. */
    boolean isSignedBy(PublicKey key) {
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(encoded(payload));
            return signature.isPresent() && verifier.verify(signature.get());
        } catch (GeneralSecurityException e) {
            // Neither is a signature that has not the form of one.
            return false;
        }
    }

    /** What is signed, in the pre-authentication encoding of DSSE. */
    static byte[] encoded(byte[] payload) {
        var out = new ByteArrayOutputStream();
        var type = Statement.PAYLOAD_TYPE;
        out.writeBytes(
                ("DSSEv1 " + type.length() + " " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException if it is anything else, be it by one byte
     */
    static Envelope read(byte[] bytes) throws IOException {
        var json = Json.MAPPER.readTree(bytes);
        try {
            var base64 = Base64.getDecoder();
            var signatures = json.path("signatures");
            var envelope = new Envelope(
                    base64.decode(json.path("payload").asText()),
                    signatures.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    base64.decode(signatures.path(0).path("sig").asText())));
            if (Arrays.equals(envelope.bytes(), bytes)) {
                return envelope;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("not base64", e);
        }
        throw new IOException("not an envelope of the runbook");
    }

    /** SHA-256 of the manifest that the statement is about; empty if it is about none. */
    Optional<String> manifestSha256() {
        try {
            for (var subject : Json.MAPPER.readTree(payload).path("subject")) {
                if (subject.path("name").asText().equals(Manifest.FILE)) {
                    return Optional.of(subject.path("digest").path("sha256").asText());
                }
            }
        } catch (IOException e) {
            // Not even JSON.
        }
        return Optional.empty();
    }

    byte[] bytes() {
        var base64 = Base64.getEncoder();
        var content = new LinkedHashMap<String, Object>();
        content.put("payloadType", Statement.PAYLOAD_TYPE);
        content.put("payload", base64.encodeToString(payload));
        content.put(
                "signatures",
                signature
                        .map(own -> List.of(Map.of("sig", base64.encodeToString(own))))
                        .orElse(List.of()));
        return Json.pretty(content);
    }
}
