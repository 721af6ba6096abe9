# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4A.1 8dac7c7f
# 4A.2 165a954c
# 4A.3 e1d092be
# 4A.4 79238ebd
@section-4A @check
Feature: 4A Stream completion ratio drops
  Streams end before their runs do: what do the logs say of them, and do clients go away or
  does the runtime let them down? Nothing is started or changed.

  @exit-criterion @alert @statement:4A.2 @severity:high
  Scenario: The alert on stream completion is quiet
    Then the alert on stream completion is quiet

  @statement:4A.1 @severity:high
  Scenario: The logs of every runtime pod can be read
    Then the logs of the last 15 minutes can be read from every runtime pod

  @statement:4A.1 @severity:medium
  Scenario: The logs are not full of errors
    Then at most 20 percent of the lines of the last 15 minutes are errors

  @statement:4A.1 @severity:high
  Scenario: The logs tell how streams ended
    Then the logs of the last 15 minutes tell how streams ended

  @statement:4A.2 @severity:high
  Scenario: Streams end because their time is over
    Then clients do not leave their streams in a spike

  @exit-criterion @statement:4A.3 @severity:critical
  Scenario: Every run that ended says so
    Then every run that ended says so last and once

  @exit-criterion @statement:4A.3 @severity:high
  Scenario: The summary of a run says how it ended
    Then the summary of every run that ended says how

  @exit-criterion @statement:4A.3 @severity:critical
  Scenario: The events of a run are whole
    Then the events of every run are linked without a gap

  @exit-criterion @statement:4A.4 @severity:high
  Scenario: Runs are not canceled in a storm
    Then runs are not canceled in a storm
