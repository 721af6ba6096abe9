package com.openagents.runbook.assertions;

import static com.openagents.runbook.system.database.RoleIsolation.RUNTIME;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import com.openagents.runbook.system.database.Authority;
import com.openagents.runbook.system.database.Privilege;
import com.openagents.runbook.system.database.PrivilegeGroup;
import com.openagents.runbook.system.database.RoleIsolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Who may and must not do what in the planes of each runtime database (contract 2.5 and 15.5). */
public final class RoleIsolationAssert extends AbstractAssert<RoleIsolationAssert, List<RoleIsolation>> {
    private static final String STATEMENT = "9.8";
    private static final String VERIFY = "run apps/runtime/deploy/cloudrun/verify-db-role-isolation.sh";
    private static final String REVOKE = "revoke it in the database, then " + VERIFY
            + ", which sees direct grants only, and repeat this check, which sees all";
    private static final String GRANT =
            "grant it by hand, because apply-db-role-isolation.sh stops with a syntax error as published, then "
                    + VERIFY;
    private static final Set<String> WORK = Set.of("SELECT", "INSERT", "UPDATE", "DELETE");

    private RoleIsolationAssert(List<RoleIsolation> actual) {
        super(actual, RoleIsolationAssert.class);
    }

    public static RoleIsolationAssert assertThat(List<RoleIsolation> actual) {
        return new RoleIsolationAssert(actual);
    }

    public RoleIsolationAssert haveAllRoles() {
        return rule(
                "The four authority roles exist",
                "a role is missing",
                GRANT,
                isolation -> isolation.roles().all().stream()
                        .filter(role -> !isolation.existing().contains(role))
                        .map(role -> "role " + role + " does not exist")
                        .toList());
    }

    public RoleIsolationAssert leaveRuntimeToItsOwner() {
        return rule("Schema runtime belongs to the owner role", "another role owns it", GRANT, isolation -> {
            var owner = isolation.schemaOwners().getOrDefault(RUNTIME, "nobody, it does not exist");
            var wanted = isolation.roles().of(Authority.OWNER);
            return owner.equals(wanted)
                    ? List.of()
                    : List.of("the owner of schema runtime is " + owner + " and should be " + wanted);
        });
    }

    public RoleIsolationAssert letWork(Authority authority, String schema) {
        var expected = "The %s role reads and writes every table of schema %s".formatted(word(authority), schema);
        return lacking(expected, authority, schema, WORK, table -> true);
    }

    public RoleIsolationAssert letReadProjections(Authority authority) {
        var expected = "The %s role reads the sync tables and the projection checkpoints".formatted(word(authority));
        return lacking(expected, authority, RUNTIME, Set.of("SELECT"), RoleIsolationAssert::isProjection);
    }

    public RoleIsolationAssert keepFromReadingMore(Authority authority) {
        var expected = "The %s role reads no other table of schema runtime".formatted(word(authority));
        return excess(
                expected,
                authority,
                isolation -> isolation.own(role(isolation, authority), RUNTIME).stream()
                        .filter(held -> held.reads() && !isProjection(held.object()))
                        .toList());
    }

    public RoleIsolationAssert keepFromWriting(Authority authority, String schema) {
        var expected = "The %s role cannot write schema %s".formatted(word(authority), schema);
        return excess(
                expected,
                authority,
                isolation -> isolation.effective(role(isolation, authority), schema).stream()
                        .filter(Privilege::writes)
                        .toList());
    }

    public RoleIsolationAssert keepFromUsing(Authority authority, String schema) {
        var expected = "The %s role cannot use schema %s".formatted(word(authority), schema);
        return excess(expected, authority, isolation -> isolation.effective(role(isolation, authority), schema));
    }

    public RoleIsolationAssert giveNothingToPublic(String schema) {
        var expected = "PUBLIC has no right in schema " + schema;
        return rule(expected, "everybody has one", REVOKE, isolation -> lines(isolation.ofPublic(schema)));
    }

    private RoleIsolationAssert excess(
            String expected, Authority authority, Function<RoleIsolation, List<Privilege>> excess) {
        var seen = "the " + word(authority) + " role has rights that it must not have";
        return rule(expected, seen, REVOKE, isolation -> lines(excess.apply(existing(isolation, authority))));
    }

    private RoleIsolationAssert lacking(
            String expected, Authority authority, String schema, Set<String> wanted, Predicate<String> tables) {
        var seen = "the " + word(authority) + " role lacks rights that it needs";
        return rule(
                expected,
                seen,
                GRANT,
                isolation -> existing(isolation, authority).tablesOf(schema).stream()
                        .sorted()
                        .filter(tables)
                        .flatMap(table -> {
                            var role = role(isolation, authority);
                            var missing = wanted.stream()
                                    .filter(privilege -> !holds(isolation, role, schema, table, privilege))
                                    .sorted()
                                    .toList();
                            return missing.isEmpty()
                                    ? Stream.<String>empty()
                                    : Stream.of("%s lacks %s on %s.%s"
                                            .formatted(role, String.join(", ", missing), schema, table));
                        })
                        .toList());
    }

    private static boolean holds(RoleIsolation isolation, String role, String schema, String table, String privilege) {
        return isolation.effective(role, schema).stream()
                .anyMatch(held -> held.kind() == Privilege.Kind.EVERYTHING
                                && (held.privilege().equals(privilege)
                                        || held.privilege().equals("ALL"))
                        || held.kind() == Privilege.Kind.TABLE
                                && held.object().equals(table)
                                && held.privilege().equals(privilege));
    }

    /** A rule gives one line for each thing that breaks it; no line means that it holds. */
    private RoleIsolationAssert rule(
            String expected, String seen, String next, Function<RoleIsolation, List<String>> broken) {
        isNotNull();
        var details = new ArrayList<String>();
        var see = "";
        for (var isolation : actual) {
            var lines = broken.apply(isolation);
            lines.forEach(line -> details.add(isolation.database() + "   " + line));
            see = see.isEmpty() && !lines.isEmpty() ? isolation.command() : see;
        }
        if (details.isEmpty()) {
            return this;
        }
        throw new FindingError(new Finding(expected, seen, details, STATEMENT, next, see));
    }

    private static RoleIsolation existing(RoleIsolation isolation, Authority authority) {
        var role = role(isolation, authority);
        if (!isolation.existing().contains(role)) {
            throw new CouldNotCheck("role %s does not exist in %s, so its rights cannot be judged"
                    .formatted(role, isolation.database()));
        }
        if (!isolation.schemaOwners().containsKey(RUNTIME)) {
            throw new CouldNotCheck(
                    "schema runtime does not exist in %s: run the migrations".formatted(isolation.database()));
        }
        return isolation;
    }

    private static List<String> lines(List<Privilege> privileges) {
        return PrivilegeGroup.of(privileges).stream()
                .map(group -> group.role() + ": " + group.inWords())
                .toList();
    }

    private static boolean isProjection(String table) {
        return table.startsWith("sync_") || table.equals("khala_projection_checkpoints");
    }

    private static String role(RoleIsolation isolation, Authority authority) {
        return isolation.roles().of(authority);
    }

    private static String word(Authority authority) {
        return authority.name().toLowerCase(Locale.ROOT);
    }
}
