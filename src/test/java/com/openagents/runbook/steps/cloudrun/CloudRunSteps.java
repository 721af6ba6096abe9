package com.openagents.runbook.steps.cloudrun;

import static com.openagents.runbook.assertions.RunbookAssertions.assertThat;

import com.openagents.runbook.assertions.DatabaseTablesAssert;
import com.openagents.runbook.assertions.MigrationsAssert;
import com.openagents.runbook.system.Needs;
import com.openagents.runbook.system.SystemName;
import com.openagents.runbook.system.Systems;
import com.openagents.runbook.system.cloudrun.ServiceState;
import com.openagents.runbook.system.database.DatabaseExpectations;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;

/** Section 6 on Cloud Run. Public because Cucumber passes over glue that is not. */
@Needs(SystemName.CLOUD_RUN)
public final class CloudRunSteps {
    private static final String SCHEMA = "runtime";
    private static final String STATEMENT = "6.4";
    private static final String AGAIN =
            "run the chained deploy again; its migration must end with migrate_and_verify!, whatever it said last time";

    private final Systems systems;
    private final DatabaseExpectations expected;

    public CloudRunSteps(Systems systems, DatabaseExpectations expected) {
        this.systems = systems;
        this.expected = expected;
    }

    @Then("the newest revision on Cloud Run is ready")
    public void isReady() {
        assertThat(systems.cloudRun().service("terminalCondition is CONDITION_SUCCEEDED"))
                .isReady();
    }

    @Then("all traffic on Cloud Run reaches the image that was deployed")
    public void servesWhatWasDeployed() {
        assertThat(systems.cloudRun().service("the image of every revision with traffic"))
                .servesWhatWasDeployed();
    }

    @Given("the chained deploy on Cloud Run left a complete receipt")
    public void receiptIsComplete() {
        assertThat(systems.cloudRun().receipt("every field is there")).isComplete();
    }

    @Then("the receipt stands for the image that was deployed")
    public void receiptStandsForTheImage() {
        var service = service("its image");
        assertThat(systems.cloudRun().receipt("image " + service.image())).standsFor(service);
    }

    @Then("the receipt was written after the newest deploy")
    public void receiptIsNewer() {
        var service = service("since when it has its image");
        assertThat(systems.cloudRun().receipt("written after the deploy")).wasWrittenAfterTheDeployOf(service);
    }

    @Then("the receipt says that no verification was left out")
    public void leftNothingOut() {
        assertThat(systems.cloudRun().receipt("both switches are 1")).leftNothingOut();
    }

    @Given("an execution of the migration job is on record")
    public void isOnRecord() {
        assertThat(systems.cloudRun().migrations("there is one")).isOnRecord();
    }

    @Then("the newest execution of the migration job succeeded")
    public void succeeded() {
        assertThat(systems.cloudRun().migrations("Completed is CONDITION_SUCCEEDED"))
                .succeeded();
    }

    @Then("the newest execution of the migration job came after the newest deploy")
    public void cameAfterTheDeploy() {
        var service = service("since when it has its image");
        assertThat(systems.cloudRun().migrations("created after the deploy")).cameAfterTheDeployOf(service);
    }

    @Then("the migration job has the image of the service")
    public void jobHasTheImage() {
        var service = service("its image");
        assertThat(systems.cloudRun().migrationJob("image " + service.image())).hasTheImageOf(service);
    }

    @Then("the newest execution of the migration job ran the image of the service")
    public void executionRanTheImage() {
        var service = service("its image");
        assertThat(systems.cloudRun().migrations("image " + service.image())).ranTheImageOf(service);
    }

    @Then("the migration job verifies the required tables")
    public void jobVerifies() {
        assertThat(systems.cloudRun().migrationJob("arguments eval migrate_and_verify!"))
                .verifiesTheTables();
    }

    @Then("the newest execution of the migration job verified the required tables")
    public void executionVerified() {
        assertThat(systems.cloudRun().migrations("arguments eval migrate_and_verify!"))
                .verifiedTheTables();
    }

    @Then("the database behind Cloud Run has every migration of the release")
    @Needs(SystemName.DATABASE)
    public void isMigrated() {
        var database = systems.cloudRun().database();
        MigrationsAssert.assertThat(List.of(systems.database().migrations(database)))
                .following(STATEMENT, AGAIN)
                .areComplete(expected);
    }

    @Then("the database behind Cloud Run has the required tables")
    @Needs(SystemName.DATABASE)
    public void hasRequiredTables() {
        var database = systems.cloudRun().database();
        DatabaseTablesAssert.assertThat(List.of(systems.database().tables(database, SCHEMA)))
                .following(STATEMENT, AGAIN)
                .contain(expected.requiredTables());
    }

    private ServiceState service(String heldAgainst) {
        return systems.cloudRun().service(heldAgainst);
    }
}
