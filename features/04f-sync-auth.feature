@section-4F @check
Feature: 4F Sync auth failures and token mint failures
  Clients are refused at the sync socket or get no token: which kind of rejection dominates, and
  do token mint and runtime agree?

  @statement:4F.1 @severity:high @control:SOC2-CC6.1
  Scenario: The alerts on authentication are quiet
    Then the alerts on socket authentication and on the token mint are quiet

  @statement:4F.2 @statement:4F.4 @severity:high @control:SOC2-CC6.1
  Scenario: Tokens are accepted, as the playbook asks before it ends
    Then hardly any sync token is rejected
