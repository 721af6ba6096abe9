package com.openagents.runbook.system.checkout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The commands of sections 8 and 9 (contract 14 and 15.1). Those that need a test database use one of their own, so that
 * neither a developer's own tests nor the checks on the two runtime databases meet them.
 */
public enum CheckoutCommand {
    CREATE_DATABASE("9.3", "mix ecto.create", Settings.ANOTHER_TEST, Limit.SHORT),
    MIGRATE("9.4", "mix ecto.migrate", Settings.ANOTHER_TEST, Limit.SHORT),
    TEST("9.5", "mix test", Settings.OWN_PARTITION, Limit.LONG),
    CONTRACT_CHECK("9.6", "mix runtime.contract.check", Map.of(), Limit.SHORT),
    CI("8.1", "mix ci", Settings.OWN_PARTITION, Limit.LONG),
    JOBS_ASSETS_TEST(
            "8.2", "mix test " + Settings.DEPLOY + "jobs_assets_test.exs", Settings.OWN_PARTITION, Limit.SHORT),
    NETWORK_POLICY_ASSETS_TEST(
            "8.3",
            "mix test " + Settings.DEPLOY + "network_policy_assets_test.exs",
            Settings.OWN_PARTITION,
            Limit.SHORT),
    SMOKE_TEST("8.4", "mix test " + Settings.DEPLOY + "smoke_test.exs", Settings.OWN_PARTITION, Limit.SHORT),
    DRILLS("8.5", "apps/runtime/scripts/run-restart-reconnect-chaos-drills.sh", Settings.OWN_PARTITION, Limit.LONG);

    private final String statement;
    private final List<String> words;
    private final Map<String, String> variables;
    private final Duration limit;

    CheckoutCommand(String statement, String line, Map<String, String> variables, Duration limit) {
        this.statement = statement;
        this.words = List.of(line.split(" "));
        this.variables = variables;
        this.limit = limit;
    }

    /** The statement of the runbook that wants it. */
    String statement() {
        return statement;
    }

    List<String> words() {
        return words;
    }

    Map<String, String> variables() {
        return variables;
    }

    Duration limit() {
        return limit;
    }

    /** Whether it is run from the root of the repository, and not from {@code apps/runtime}. */
    boolean isRunFromRoot() {
        return this == DRILLS;
    }

    /** The command as a person types it. */
    public String line() {
        var assignments = new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue() + " ")
                        .collect(Collectors.joining());
        return assignments + String.join(" ", words);
    }

    private static final class Limit {
        private static final Duration SHORT = Duration.ofMinutes(5);
        /** A first run compiles the service and all its libraries. */
        private static final Duration LONG = Duration.ofMinutes(20);
    }

    private static final class Settings {
        private static final String DEPLOY = "test/openagents_runtime/deploy/";
        /** A suffix of the test database's name (contract 15.1). */
        private static final Map<String, String> OWN_PARTITION = Map.of("MIX_TEST_PARTITION", "_runbook");

        private static final Map<String, String> ANOTHER_TEST =
                Map.of("MIX_ENV", "test", "MIX_TEST_PARTITION", "_runbook_create");
    }
}
