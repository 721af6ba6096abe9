package com.openagents.runbook.cli;

import com.openagents.runbook.report.attestation.Verification;
import com.openagents.runbook.report.attestation.Verification.Kind;
import com.openagents.runbook.report.attestation.Verifier;
import com.openagents.runbook.run.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description =
                "Verifies the folder of a run, offline: that no file was changed, that the report is what the record"
                        + " says, and with --key who signed it.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RecordsFolder output;

    @Parameters(
            paramLabel = "RUN",
            description = "The folder of a run, or the name of one in the output folder, such as latest.")
    private Path run;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The public key of whoever should have signed (Ed25519, PEM), got from them and not from the"
                    + " folder.")
    private Path key;

    @Override
    public Integer call() throws IOException {
        var folder = folder();
        var verification =
                new Verifier(folder, Optional.ofNullable(key).map(VerifyCommand::publicKey), Suite.version()).verify();
        show(folder, verification);
        if (verification.has(Kind.DIFFERS)) {
            return DIFFERENT;
        }
        return verification.has(Kind.NOT_CHECKED) ? ExitCode.NOT_CHECKED : 0;
    }

    /** One whose record was taken away is a run all the same. */
    private Path folder() throws IOException {
        var attested = Stream.of(output.path().resolve(run), run)
                .filter(Verifier::knows)
                .findFirst();
        return attested.isPresent() ? attested.get() : new KnownRuns(output.path()).find(run.toString());
    }

    private void show(Path folder, Verification verification) {
        var out = spec.commandLine().getOut();
        out.println("Run " + folder);
        var table = new Table("", "", "");
        verification.findings().forEach(finding -> table.row(finding.kind().word(), finding.part(), finding.text()));
        out.print(table.withoutHeads());
        out.println(verification.conclusion());
        out.flush();
    }

    private static PublicKey publicKey(Path file) {
        try {
            var pem = Files.readString(file)
                    .replace("-----BEGIN PUBLIC KEY-----", "")
                    .replace("-----END PUBLIC KEY-----", "");
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.strip())));
        } catch (IOException e) {
            throw new UsageProblem("--key: there is no readable file " + file);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UsageProblem(
                    "--key: " + file + " is no public key for Ed25519 as PEM; to make it of a private one:"
                            + " openssl pkey -in KEY.pem -pubout -out PUBLIC.pem");
        }
    }
}
