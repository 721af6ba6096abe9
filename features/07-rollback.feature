# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 7.1 82b77b89
@section-7 @check
Feature: 7 Rollback policy
  If the release that runs has to go: is there one to go back to, would the rollback change
  anything, and would it reach the pods?

  @statement:7.1 @severity:critical
  Scenario: There is a release to go back to
    Then the StatefulSet keeps a revision before the current one

  @statement:7.1 @severity:high
  Scenario: Going back changes the image
    Given the StatefulSet keeps a revision before the current one
    Then the revision before the current one has another image

  @statement:7.1 @severity:high
  Scenario: A rollback reaches every pod by itself
    Then the StatefulSet updates all its pods by itself
