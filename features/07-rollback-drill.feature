# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 7.1 82b77b89
# 7.2 69b82021
@section-7 @drill
Feature: 7 Rollback drill
  The release before comes back while clients use the runtime; afterwards the release that ran is there again.

  @drill:rollback @statement:7.1 @severity:critical
  Scenario: A rollback brings the release before, and nobody loses anything
    Given the runtime is steady
    And clients use the runtime
    When the StatefulSet is rolled back to the revision before the current one
    Then the runtime is steady again
    And every runtime pod runs the release before
    And no client lost an update or saw one twice
    And everything is put back

  @drill:schema-rollback @statement:7.2 @severity:high
  Scenario: The newest migration can be rolled back by its version and applied again
    Given the runtime is steady
    When the newest migration is rolled back by its version
    Then that migration is no longer applied
    And everything is put back
    And that migration is applied again
