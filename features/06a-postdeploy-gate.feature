# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 6.1 0cb9bf78
@section-6 @check
Feature: 6 Migration and smoke gate
  Did the release that runs pass its gate: the migration first, then the smoke check, both with
  the image that was deployed?

  @statement:6.1 @severity:critical
  Scenario: The newest migration is complete and used the release that runs
    Given a migration run is on record
    Then the newest migration run is complete
    And the newest migration run used the image that the StatefulSet runs

  @statement:6.1 @severity:high
  Scenario: The smoke check came after the migration
    Given a migration run is on record
    And a smoke run is on record
    Then the newest smoke run started after the newest migration run had finished

  @statement:6.1 @severity:high
  Scenario: The migration verifies what it made
    Given a migration run is on record
    Then the newest migration run verifies the required tables

  @statement:6.1 @severity:high
  Scenario: The image can be pulled and names one build
    Then the image of the StatefulSet is a valid reference
    And the image of the StatefulSet names one build
