package com.openagents.runbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    private Path files;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int runbook(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String[] run(String keyLine) throws IOException {
        return new String[] {
            "run", "--environment", environment(keyLine, 1), "--section", "2", "--output", output().toString()
        };
    }

    private int verify(String... more) {
        var arguments = new ArrayList<>(List.of("verify", "latest", "--output", output().toString()));
        arguments.addAll(List.of(more));
        return runbook(arguments.toArray(String[]::new));
    }

    private Path output() {
        return files.resolve("runs");
    }

    /** One in which nothing answers, so that a run is quick and incomplete. */
    private String environment(String keyLine, int port) throws IOException {
        return Files.writeString(files.resolve("bare.yaml"), """
                kind: live
                description: nothing answers here
                systems:
                  prometheus: {url: "http://127.0.0.1:%d"}
                %s
                """.formatted(port, keyLine))
                .toString();
    }

    private Path pem(String name, String kind, Key key) throws IOException {
        return Files.writeString(
                files.resolve(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END " + kind + "-----\n");
    }

    @Test
    void a_run_that_is_not_signed_holds_together_and_says_what_that_proves() throws IOException {
        assertThat(runbook(run(""))).isEqualTo(3);
        assertThat(verify()).isZero();
        assertThat(out.toString())
                .contains(
                        "files are as manifest.json says",
                        "rendered again from the record, byte for byte the same",
                        "not signed: its environment names no signing-key",
                        "it does not show who made the files");
    }

    @Test
    void a_signed_run_is_verified_by_the_public_key_alone() throws Exception {
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var own = pem("own.pem", "PRIVATE KEY", keys.getPrivate());
        var open = pem("public.pem", "PUBLIC KEY", keys.getPublic());

        assertThat(runbook(run("signing-key: file:" + own))).isEqualTo(3);
        assertThat(verify("--key", open.toString())).isZero();
        assertThat(out.toString()).contains("the owner of the key signed for these files");
        assertThat(verify()).isEqualTo(3);
        assertThat(out.toString()).contains("no --key was given");

        var report = output().resolve("latest").resolve("report.html");
        Files.writeString(report, Files.readString(report) + " ");
        assertThat(verify("--key", open.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("DIFFERS", "report.html was changed", "Do not rely on this folder");
    }

    @Test
    void a_key_that_cannot_sign_is_a_usage_error_that_never_shows_it() throws IOException {
        var wrong = Files.writeString(files.resolve("wrong.pem"), "hunter2-is-no-key");

        assertThat(runbook(run("signing-key: file:" + wrong))).isEqualTo(2);
        assertThat(err.toString())
                .contains("bare.yaml:5: signing-key: expected a private key for Ed25519", "openssl genpkey")
                .doesNotContain("hunter2");
        assertThat(runbook(run("signing-key: env:NO_SUCH_VARIABLE"))).isEqualTo(2);
        assertThat(err.toString()).contains("there is no secret at env:NO_SUCH_VARIABLE");
        try (var left = Files.list(output())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void what_is_no_run_or_no_key_is_a_usage_error() throws IOException, NoSuchAlgorithmException {
        assertThat(runbook("verify", "nowhere", "--output", output().toString()))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("There is no run 'nowhere' in ");
        assertThat(runbook("verify", files.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no folder of that name with a run.ndjson");
        runbook(run(""));
        var own = pem(
                "rsa.pem",
                "PUBLIC KEY",
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic());
        assertThat(verify("--key", own.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("rsa.pem is no public key for Ed25519");
    }

    @Test
    void a_record_that_was_taken_away_is_named() throws IOException {
        runbook(run(""));
        Files.delete(output().resolve("latest").resolve("run.ndjson"));

        assertThat(verify()).isEqualTo(1);
        assertThat(out.toString()).contains("DIFFERS", "run.ndjson is missing");
    }

    @Test
    void a_run_that_was_killed_is_reported_as_aborted_by_the_next_one() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var child = killedWhileItWaits(silent.getLocalPort());
            assertThat(child.resolve("report.html")).doesNotExist();

            runbook(run(""));

            assertThat(err.toString()).contains("Run " + child.getFileName() + " was killed before its end");
            assertThat(Files.readString(child.resolve("result.json"))).contains("\"aborted\"");
            assertThat(runbook("verify", child.toString())).isZero();
            assertThat(out.toString()).contains("the run did not write its last line");
            runbook(run(""));
            assertThat(err.toString()).doesNotContain("was killed");
        }
    }

    private Path killedWhileItWaits(int port) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--environment",
                        environment("", port),
                        "--section",
                        "2",
                        "--output",
                        output().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await("a scenario of the child to be under way")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> scenarioBegan());
            return runs().get(0);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private boolean scenarioBegan() throws IOException {
        return Files.isDirectory(output())
                && !runs().isEmpty()
                && Files.readString(runs().get(0).resolve("run.ndjson")).contains("testStepStarted");
    }

    private List<Path> runs() throws IOException {
        try (var folders = Files.list(output())) {
            return folders.filter(folder -> Files.isDirectory(folder) && !Files.isSymbolicLink(folder))
                    .filter(folder -> Files.exists(folder.resolve("run.ndjson")))
                    .toList();
        }
    }
}
