# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 3.1 98b0ee13
# 3.2 455279af
# 3.3 e84b2d0c
# 3.4 8b9a61f6
# 3.5 1a885954
@section-3 @check
Feature: 3 Incident triage checklist
  Before an incident, not during it: can what triage looks at be seen at all? `./runbook triage`
  then shows it on one page.

  @exit-criterion @alert @statement:3.1 @severity:high
  Scenario: No alert of the runtime fires
    Then no alert of the runtime fires

  @statement:3.2 @severity:high
  Scenario: Every restart of a runtime pod can be explained
    Then every restart of a runtime pod within the last 15 minutes left an exit and a log

  @statement:3.3 @severity:high
  Scenario: No deploy regressed in its migration or its smoke check
    Given a migration run is on record
    And a smoke run is on record
    Then the newest migration run is complete
    And the newest smoke run is complete

  @statement:3.4 @severity:high
  Scenario: Telemetry of streams, leases, tools and policy can be seen
    Then every runtime pod shows its telemetry
    And the tables of the runtime tell of runs, leases, tools and policy of the last 15 minutes

  @statement:3.5 @severity:high
  Scenario: A request can be followed by its id
    When every runtime pod answers a request that has an id
    Then each answer brings the id back
    And the log of each pod shows the request by its id
