# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4C.1 7a498858
# 4C.2 c2afc455
# 4C.3 41e478c1
# 4C.4 cecaf722
@section-4C @check
Feature: 4C Tool failures spike
  Tool calls fail: what do the logs say of them, which tool, provider and class of error are
  concerned, and does the provider answer? Each pod is asked to read one public issue; nothing
  is changed.

  @exit-criterion @alert @statement:4C.2 @severity:high
  Scenario: The alert on tool failures is quiet
    Then the alert on tool failures is quiet

  @statement:4C.1 @severity:high
  Scenario: The logs tell how tool calls ended
    Then the logs of the last 15 minutes tell how tool calls ended

  @exit-criterion @statement:4C.2 @severity:high
  Scenario: Tool calls do not fail in a spike
    Then tool calls do not fail in a spike

  @exit-criterion @statement:4C.3 @severity:high
  Scenario: The tool providers answer
    Then the tool provider answers every runtime pod

  @exit-criterion @statement:4C.4 @severity:medium
  Scenario: Tools keep their time budgets
    Then tools keep their time budgets

  @statement:4C.4 @severity:high
  Scenario: A canceled tool stops
    Then no tool goes on after its run has ended
