package com.openagents.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.openagents.runbook.cli.Main;
import com.openagents.runbook.report.RunRecord;
import com.openagents.runbook.report.ScenarioResult;
import com.openagents.runbook.report.Verdict;
import com.openagents.runbook.system.kubernetes.Permission;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Role that the runbook prints is enough for whoever has it, and nothing in it is too much: each permission is taken away
 * once, and then a check says that it is missing.
 */
class RightsProof {
    /** What asks Kubernetes and needs neither traffic nor Prometheus. */
    private static final List<String> CHECKS = List.of(
            "--tags",
            "(@section-1 or @section-4A or @section-4B or @section-5 or @section-6 or @section-7)"
                    + " and not @alert and not @exit-criterion");

    private static final String CHECKS_ROLE = "runbook-checks";

    @TempDir
    private static Path folder;

    private static KeptReplica kept;

    @BeforeAll
    static void start() throws IOException {
        kept = new KeptReplica(folder);
    }

    @AfterAll
    static void stop() {
        kept.close();
    }

    @Test
    void the_printed_role_is_enough_and_nothing_in_it_is_too_much(@TempDir Path output) throws IOException {
        // What came of the gate is then found in the record that is kept beyond the Jobs.
        kept.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(kept.namespace())
                .withName("runtime-smoke")
                .delete();
        var environment = bound(CHECKS);

        assertThat(run(environment, output.resolve("bound"), List.of())).allSatisfy(RightsProof::assertNothingMissing);

        var role = role();
        var permissions = permissions(role);
        assertThat(permissions).hasSizeGreaterThan(10);
        for (var permission : permissions) {
            replace(without(role, permission));
            var words = permission.words().replace(' ', '-').replace('/', '-');

            // As the preflight tells, before anything is asked.
            assertNamed(permission, environment, output.resolve(words), List.of());
            // Nobody is told before: something really asks for it.
            assertNamed(permission, environment, output.resolve(words + "-unasked"), List.of("--no-preflight"));
        }
        replace(role);
    }

    /** That some scenario is incomplete for want of this permission, and none for want of another one. */
    private static void assertNamed(Permission permission, Path environment, Path output, List<String> options)
            throws IOException {
        var named = new ArrayList<String>();
        for (var scenario : run(environment, output, options)) {
            if (scenario.reason().contains("'" + permission.words() + "'")) {
                assertThat(scenario.verdict()).isEqualTo(Verdict.INCOMPLETE);
                named.add(scenario.name());
            } else {
                assertNothingMissing(scenario);
            }
        }
        assertThat(named).as("what needs " + permission.words() + " " + options).isNotEmpty();
    }

    private static void assertNothingMissing(ScenarioResult scenario) {
        assertThat(scenario.reason()).as(scenario.name()).doesNotContain("does not allow");
    }

    @Test
    void a_drill_runs_with_the_printed_roles_and_does_not_begin_with_less(@TempDir Path output) throws Exception {
        var drill = List.of("--tags", "@drill:signature-secret or @drill:rollback or @drill:killed-pod");
        var environment = bound(drill);
        var arguments = new ArrayList<>(List.of("run", "--environment", environment.toString(), "--confirm", "bound"));
        arguments.addAll(drill);
        arguments.addAll(List.of("--output", output.toString()));

        var whole = kept.launch("whole", arguments);
        assertThat(KeptReplica.ended(whole)).as(() -> kept.text("whole")).isZero();

        var role = kept.client()
                .rbac()
                .roles()
                .inNamespace(kept.namespace())
                .withName("runbook-drills")
                .get();
        replace(without(role, Permission.of("create pods/eviction")));
        var refused = kept.launch("refused", arguments);
        assertThat(KeptReplica.ended(refused)).as(() -> kept.text("refused")).isEqualTo(3);
        assertThat(kept.text("refused"))
                .contains("kubernetes does not allow 'create pods/eviction': grant it", "2 passed")
                .doesNotContain("restore the values");
    }

    /** Applies what the runbook prints for these scenarios, and writes an environment for whoever has it. */
    private static Path bound(List<String> selected) throws IOException {
        var everything = kept.environment("everything", kept.kubeconfig(), "");
        var arguments = new ArrayList<>(List.of("rbac", "--environment", everything.toString()));
        arguments.addAll(selected);
        var printed = new StringWriter();
        int exit = Main.commandLine().setOut(new PrintWriter(printed, true)).execute(arguments.toArray(String[]::new));
        assertThat(exit).isZero();
        kept.client().rbac().roles().inNamespace(kept.namespace()).delete();
        kept.client()
                .resourceList(printed.toString())
                .items()
                .forEach(object ->
                        kept.client().resource(object).forceConflicts().serverSideApply());

        var token = kept.client()
                .serviceAccounts()
                .inNamespace(kept.namespace())
                .withName("runbook")
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
        var kubeconfig = folder.resolve("bound-kubeconfig");
        var config = Serialization.unmarshal(
                Files.readString(kept.kubeconfig()), io.fabric8.kubernetes.api.model.Config.class);
        config.getUsers().forEach(user -> {
            user.getUser().setToken(token);
            user.getUser().setClientCertificateData(null);
            user.getUser().setClientKeyData(null);
        });
        Files.writeString(kubeconfig, Serialization.asYaml(config));
        return kept.environment("bound", kubeconfig, "allows: [drill]\ndrills: {clients: 10}\n");
    }

    private static List<ScenarioResult> run(Path environment, Path output, List<String> options) throws IOException {
        var arguments =
                new ArrayList<>(List.of("run", "--environment", environment.toString(), "--output", output.toString()));
        arguments.addAll(CHECKS);
        arguments.addAll(options);
        var silent = new PrintWriter(new StringWriter());
        Main.commandLine().setOut(silent).setErr(silent).execute(arguments.toArray(String[]::new));
        return RunRecord.read(output.resolve("latest")).scenarios();
    }

    private static Role role() {
        return kept.client()
                .rbac()
                .roles()
                .inNamespace(kept.namespace())
                .withName(CHECKS_ROLE)
                .get();
    }

    private static List<Permission> permissions(Role role) {
        return role.getRules().stream()
                .flatMap(rule -> rule.getVerbs().stream()
                        .map(verb ->
                                Permission.of(verb + " " + rule.getResources().get(0))))
                .toList();
    }

    private static Role without(Role role, Permission permission) {
        var rules = role.getRules().stream()
                .map(rule -> rule.getResources().contains(permission.resource())
                        ? new PolicyRuleBuilder(rule)
                                .withVerbs(rule.getVerbs().stream()
                                        .filter(verb -> !verb.equals(permission.verb()))
                                        .toList())
                                .build()
                        : rule)
                .filter(rule -> !rule.getVerbs().isEmpty())
                .toList();
        return new RoleBuilder(role).withRules(rules).build();
    }

    private static void replace(HasMetadata role) {
        role.getMetadata().setResourceVersion(null);
        kept.client().resource(role).update();
    }
}
