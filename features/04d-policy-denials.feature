@section-4D @check
Feature: 4D Policy denial anomaly
  Policy denies more than usual: which reason dominates, whose budget is used up, and does a
  workload loop?

  @statement:4D.1 @severity:high @control:SOC2-CC7.2
  Scenario: Denials are few, and their reasons are known
    Then policy denies no more than is usual

  @statement:4D.2 @severity:medium @control:SOC2-CC7.2
  Scenario: Delegated budgets have room left
    Then every delegated budget has room left

  @statement:4D.3 @severity:high @control:SOC2-CC7.2
  Scenario: No workload uses up its budget in a loop
    Then no workload loops
