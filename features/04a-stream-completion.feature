# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4A.1 8dac7c7f
@section-4A @check
Feature: 4A Stream completion ratio drops
  Streams end before their runs do: what do the logs say of them, and do clients go away or
  does the runtime let them down?

  @statement:4A.1 @severity:high @control:SOC2-CC7.2
  Scenario: The logs of every runtime pod can be read
    Then the logs of the last 15 minutes can be read from every runtime pod

  @statement:4A.1 @severity:medium @control:SOC2-CC7.2
  Scenario: The logs are not full of errors
    Then at most 20 percent of the lines of the last 15 minutes are errors

  @statement:4A.1 @severity:high @control:SOC2-CC7.2
  Scenario: The logs tell how streams ended
    Then the logs of the last 15 minutes tell how streams ended

  @statement:4A.3 @severity:critical @control:SOC2-CC7.2
  Scenario: Every run that has ended says so, and once
    Then every run that has ended says run.finished as its last event and once

  @statement:4A.4 @severity:high @control:SOC2-CC7.2
  Scenario: Runs are not canceled in a storm
    Then runs are not canceled in a storm
