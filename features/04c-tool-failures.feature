# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4C.1 7a498858
@section-4C @check
Feature: 4C Tool failures spike
  Tool calls fail: what do the logs say of them, and which tool and provider are concerned?

  @statement:4C.1 @severity:high @control:SOC2-CC7.2
  Scenario: The logs tell how tool calls ended
    Then the logs of the last 15 minutes tell how tool calls ended
