package com.openagents.runbook.steps.database;

import com.openagents.runbook.assertions.DatabaseNamesAssert;
import com.openagents.runbook.assertions.DatabaseServerAssert;
import com.openagents.runbook.assertions.DatabaseTablesAssert;
import com.openagents.runbook.assertions.MigrationsAssert;
import com.openagents.runbook.assertions.RoleIsolationAssert;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.database.AppliedMigrations;
import com.openagents.runbook.system.database.Authority;
import com.openagents.runbook.system.database.DatabaseExpectations;
import com.openagents.runbook.system.database.RoleIsolation;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The database half of section 9. Public because Cucumber passes over glue that is not. */
@Needs(SystemName.DATABASE)
public final class DatabaseSteps {
    private final Systems systems;
    private final DatabaseExpectations expected;
    private List<AppliedMigrations> migrations = List.of();
    private List<RoleIsolation> rights = List.of();

    public DatabaseSteps(Systems systems, DatabaseExpectations expected) {
        this.systems = systems;
        this.expected = expected;
    }

    @ParameterType("owner|runtime|khala|control")
    public Authority authority(String word) {
        return Authority.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Then("PostgreSQL accepts connections")
    public void acceptsConnections() {
        DatabaseServerAssert.assertThat(systems.database().acceptsConnections()).isAcceptingConnections();
    }

    @Then("every runtime database exists")
    public void databasesExist() {
        DatabaseNamesAssert.assertThat(systems.database().databases()).contain(expected.databases());
    }

    @Given("the migrations of every runtime database")
    public void readMigrations() {
        migrations = inEach(systems.database()::migrations);
    }

    @Then("no migration is pending")
    public void noMigrationIsPending() {
        MigrationsAssert.assertThat(migrations).areComplete(expected);
    }

    @Then("no migration is unknown to this runbook")
    public void noMigrationIsUnknown() {
        MigrationsAssert.assertThat(migrations).areNotAheadOf(expected);
    }

    @Then("every runtime database has the required tables")
    public void requiredTablesExist() {
        DatabaseTablesAssert.assertThat(inEach(name -> systems.database().tables(name, RoleIsolation.RUNTIME)))
                .contain(expected.requiredTables());
    }

    @Given("who may do what in every runtime database")
    public void readRights() {
        rights = inEach(systems.database()::roleIsolation);
    }

    @Then("the owner, runtime, khala and control roles exist")
    public void rolesExist() {
        RoleIsolationAssert.assertThat(rights).haveAllRoles();
    }

    @Then("schema runtime belongs to the owner role")
    public void ownerOwnsRuntime() {
        RoleIsolationAssert.assertThat(rights).leaveRuntimeToItsOwner();
    }

    @Then("the {authority} role reads and writes every table of schema {word}")
    public void works(Authority role, String schema) {
        RoleIsolationAssert.assertThat(rights).letWork(role, schema);
    }

    @Then("the {authority} role reads the sync tables and the projection checkpoints")
    public void readsProjections(Authority role) {
        RoleIsolationAssert.assertThat(rights).letReadProjections(role);
    }

    @Then("the {authority} role reads no other table of schema runtime")
    public void readsNothingElse(Authority role) {
        RoleIsolationAssert.assertThat(rights).keepFromReadingMore(role);
    }

    @Then("the {authority} role cannot write schema {word}")
    public void cannotWrite(Authority role, String schema) {
        RoleIsolationAssert.assertThat(rights).keepFromWriting(role, schema);
    }

    @Then("the {authority} role cannot use schema {word}")
    public void cannotUse(Authority role, String schema) {
        RoleIsolationAssert.assertThat(rights).keepFromUsing(role, schema);
    }

    @Then("PUBLIC has no right in schema {word}")
    public void publicHasNothing(String schema) {
        RoleIsolationAssert.assertThat(rights).giveNothingToPublic(schema);
    }

    private <T> List<T> inEach(Function<String, T> question) {
        return expected.databases().stream().map(question).toList();
    }
}
