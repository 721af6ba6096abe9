package com.openagents.runbook.assertions;

import com.openagents.runbook.system.database.IncidentQuestion;

/**
 * What the runbook says to each question of an incident.
 *
 * @param expected what should be, as a sentence without full stop
 * @param now whether it is about how things stand, rather than about a window
 * @param statement the statement that says what to do
 * @param next what to do
 */
record IncidentGuide(String expected, boolean now, String statement, String next) {

    static IncidentGuide of(IncidentQuestion question) {
        return switch (question) {
            case RUNS_ENDED_UNSAID, EVENTS_UNLINKED, SUMMARIES_BEHIND, RUNS_CANCELED -> ofRuns(question);
            case EXECUTORS_LOST, LEASES_STALE, RUNS_GIVEN_UP -> ofLeases(question);
            case TOOLS_FAILED, TOOLS_OVER_TIME, TOOLS_OF_ENDED_RUNS, FALLBACKS_HIDDEN -> ofTools(question);
            case POLICY_DENIALS, BUDGETS_DRAINED, BUDGETS_WITHDRAWN, RESERVATIONS_STUCK, LOOPS -> ofPolicy(question);
            case SYNC_ROWS_TOO_OLD, SYNC_ROWS_GONE -> ofSync(question);
        };
    }

    private static IncidentGuide ofRuns(IncidentQuestion question) {
        return switch (question) {
            case RUNS_ENDED_UNSAID ->
                window(
                        "Every run that ended says so last and once",
                        "4A.3",
                        "clients wait for run.finished and never see it: read the log of the pod that ended the run, and"
                                + " compare with the last deploy");
            case EVENTS_UNLINKED ->
                window(
                        "The events of every run are linked without a gap",
                        "4A.3",
                        "find out who deleted or changed rows of runtime.run_events by hand, and restore them from a backup");
            case SUMMARIES_BEHIND ->
                window(
                        "The summary of every run that ended says how",
                        "4A.3",
                        "clients that follow summaries wait for an end that was: have the projections of these runs made"
                                + " again, and have them follow the status");
            default ->
                window(
                        "Runs are not canceled in a storm",
                        "4A.4",
                        "find the client behind the dominant reason and stop it; the runs themselves are not at fault");
        };
    }

    private static IncidentGuide ofLeases(IncidentQuestion question) {
        return switch (question) {
            case EXECUTORS_LOST ->
                window(
                        "Pods keep their leases",
                        "4B.2",
                        "look which pod has or had the address (kubectl get pods -o wide) and whether it restarts;"
                                + " if it does not, leases are not given back or the database is slow");
            case LEASES_STALE ->
                standing(
                        "The janitor leaves no stale lease behind",
                        "4B.3",
                        "look in the logs of every pod for the janitor's rounds; restart the pods one by one if there are none");
            default ->
                window(
                        "The janitor brings back the runs that pods lost",
                        "4B.3",
                        "find out why each resume ended without progress: the log of the pods around the attempts, by the"
                                + " run's id");
        };
    }

    private static IncidentGuide ofTools(IncidentQuestion question) {
        return switch (question) {
            case TOOLS_FAILED ->
                window(
                        "Tool calls do not fail in a spike",
                        "4C.2",
                        "go by the dominant class of error: timeout and provider errors point to the provider (4C.3), the"
                                + " settlement classes to budgets (4D.2), everything else to the tool's last change");
            case TOOLS_OVER_TIME ->
                window(
                        "Tools keep their time budgets",
                        "4C.4",
                        "find out who runs the tool with a longer budget, or why its time-out does not end it");
            case TOOLS_OF_ENDED_RUNS ->
                standing(
                        "What a run has open stops with it",
                        "4C.4",
                        "the pod that ran the tool did not hear of the end: look at its log, and restart it if the tool goes on");
            default ->
                window(
                        "A fallback that was used is visible in the receipt",
                        "4E.2",
                        "receipts must name the provider that did the work: stop relying on them until the fallback is"
                                + " written into them");
        };
    }

    private static IncidentGuide ofPolicy(IncidentQuestion question) {
        return switch (question) {
            case POLICY_DENIALS ->
                window(
                        "No reason dominates the policy denials",
                        "4D.1",
                        "budget_exhausted: look at the budget (4D.2) and at loops (4D.3); authorization_*: at what was"
                                + " revoked or has expired; explicit_deny: at the last change of the policy");
            case BUDGETS_DRAINED ->
                standing(
                        "Delegated budgets have room left",
                        "4D.2",
                        "ask the owner whether the spending is meant, and raise the budget or stop the run that spends most");
            case BUDGETS_WITHDRAWN ->
                window(
                        "No delegated budget was withdrawn while in use",
                        "4D.2",
                        "find out who revoked it or let it expire, and whether that was meant");
            case RESERVATIONS_STUCK ->
                standing(
                        "Nothing stays set aside from a delegated budget",
                        "4D.2",
                        "find out whether the calls were paid, then commit or release each reservation; nothing in the"
                                + " published service does so by itself");
            default ->
                window(
                        "No workload loops",
                        "4D.3",
                        "cancel the run if it still goes on, and tell its owner which frames it repeats");
        };
    }

    private static IncidentGuide ofSync(IncidentQuestion question) {
        return question == IncidentQuestion.SYNC_ROWS_TOO_OLD
                ? standing(
                        "The sync journal holds nothing older than the retention horizon",
                        "4G.2",
                        "retention does not run: look in the logs of the pods, and restart them one by one if it is silent")
                : standing(
                        "The sync journal holds all that is younger than the retention horizon",
                        "4G.2",
                        "the horizon was shortened or nothing is written: restore it, and replay the projections");
    }

    private static IncidentGuide window(String expected, String statement, String next) {
        return new IncidentGuide(expected, false, statement, next);
    }

    private static IncidentGuide standing(String expected, String statement, String next) {
        return new IncidentGuide(expected, true, statement, next);
    }
}
