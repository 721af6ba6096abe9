# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4C.1 7a498858
@section-4C @check
Feature: 4C Tool failures spike
  Tool calls fail: what do the logs say of them, and which tool and provider are concerned?

  @statement:4C.1 @severity:high @control:SOC2-CC7.2
  Scenario: The logs tell how tool calls ended
    Then the logs of the last 15 minutes tell how tool calls ended

  @statement:4C.2 @severity:high @control:SOC2-CC7.2
  Scenario: Tool calls end well
    Then tool calls end well

  @statement:4C.4 @severity:high @control:SOC2-CC7.2
  Scenario: Tools keep their time, and stop when their run does
    Then no tool call goes on beyond its time or after the end of its run
