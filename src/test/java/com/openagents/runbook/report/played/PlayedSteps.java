package com.openagents.runbook.report.played;

import com.openagents.runbook.evidence.CouldNotCheck;
import com.openagents.runbook.evidence.Evidence;
import com.openagents.runbook.evidence.Finding;
import com.openagents.runbook.evidence.FindingError;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import java.util.List;

/** Steps that end in every way a step can end. */
public final class PlayedSteps {
    private Scenario scenario;
    private boolean mess;

    @Before
    public void remember(Scenario current) {
        scenario = current;
    }

    @Given("a system")
    public void system() {
        mess = false;
    }

    @Then("it is seen")
    public void seen() {
        scenario.attach(
                "{\"title\":\"Pods\",\"system\":\"kubernetes\",\"asked\":\"kubectl get pods\",\"seen\":[{\"pod\":\"runtime-0\"}],"
                        + "\"threshold\":\"\",\"at\":\"2026-11-24T06:00:00Z\",\"context\":{}}",
                Evidence.MEDIA_TYPE,
                "evidence");
    }

    @Then("nothing is recorded")
    public void nothing() {
        mess = false;
    }

    @Then("a pod is missing")
    public void missing() {
        throw new FindingError(new Finding(
                "All pods are there",
                "2 of 3 are there",
                List.of("runtime-2 is gone"),
                "3.2",
                "look",
                "kubectl get pods"));
    }

    @Then("the step breaks")
    public void breaks() {
        throw new IllegalStateException("no client");
    }

    @Then("the system is missing")
    public void cannot() {
        throw new CouldNotCheck("No database");
    }

    @Then("it cannot be undone")
    public void mess() {
        mess = true;
    }

    @After
    public void undo() {
        if (mess) {
            throw new IllegalStateException("still scaled to 4");
        }
    }
}
