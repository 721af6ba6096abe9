# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4D.1 2a522c7b
# 4D.2 a76f7e7b
# 4D.3 92f3c7d5
@section-4D @check
Feature: 4D Policy denial anomaly
  Policy denies more than it used to: which reason, whose budget, and does a workload loop?
  Everything here is read from tables; nothing is started or changed.

  @exit-criterion @alert @statement:4D.1 @severity:high
  Scenario: The alert on policy denials is quiet
    Then the alert on policy denials is quiet

  @exit-criterion @statement:4D.1 @severity:high
  Scenario: No reason dominates the policy denials
    Then no reason dominates the policy denials

  @exit-criterion @statement:4D.2 @severity:high
  Scenario: Delegated budgets have room left
    Then every delegated budget has room left

  @statement:4D.2 @severity:medium
  Scenario: No delegated budget was withdrawn while in use
    Then no delegated budget was withdrawn while in use

  @statement:4D.2 @severity:medium
  Scenario: Nothing stays set aside from a delegated budget
    Then nothing stays set aside from a delegated budget

  @exit-criterion @statement:4D.3 @severity:high
  Scenario: No workload loops
    Then no workload loops
