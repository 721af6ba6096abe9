package com.openagents.runbook.environment;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Redactor;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** Finds the key that the runs of an environment are signed with. */
final class SigningKey {
    static final String ALGORITHM = "Ed25519";

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private SigningKey() {}

    /**
     * @param reference {@code env:NAME}, {@code file:PATH} or {@code secret:NAMESPACE/NAME/KEY}
     * @throws IllegalArgumentException if there is nothing to be read, or no private key for Ed25519 as PEM of PKCS#8; the
     *     message says which, and never shows what was read
     * @throws EnvironmentFailure if the cluster does not answer, or does not let us read it
     */
    static PrivateKey read(String reference, EnvironmentFile file, Redactor redactor) {
        if (SecretReference.isInCluster(reference) && !file.hasCluster()) {
            throw new IllegalArgumentException(
                    "a Secret is read from systems.kubernetes of a live environment, and this is"
                            + " none; expected env:NAME or file:PATH");
        }
        return SecretReference.with(file, reference, redactor, secrets -> read(reference, secrets));
    }

    private static PrivateKey read(String reference, SecretReference secrets) {
        try {
            return parse(secrets.find(reference));
        } catch (KubernetesClientException e) {
            throw new EnvironmentFailure(
                    "signing-key: " + secrets.refusal(reference, e).getMessage(), e);
        } catch (CouldNotCheck nothing) {
            throw new IllegalArgumentException(nothing.getMessage(), nothing);
        }
    }

    private static PrivateKey parse(String text) {
        var pem = PEM.matcher(text);
        if (pem.matches()) {
            try {
                var bytes = Base64.getMimeDecoder().decode(pem.group(1));
                return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // The exception may show bytes of the key.
            }
        }
        throw new IllegalArgumentException("expected a private key for Ed25519 (PKCS#8, PEM), seen something else (not"
                + " shown); to make one: openssl genpkey -algorithm ed25519 -out KEY.pem");
    }
}
