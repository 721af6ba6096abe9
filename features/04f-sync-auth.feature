# Read against docs/runbook.md; ./runbook coverage says when its words change.
# 4F.1 d5aca8de
# 4F.2 fc2423c7
# 4F.3 bf1a675c
# 4F.4 ad9fac06
@section-4F @check
Feature: 4F Sync auth failures and token mint failures
  Clients are refused at the sync socket or get no token: which kind of rejection dominates, and
  do token mint and runtime agree? Each pod is offered tokens, good and bad; what opens is closed
  at once.

  @exit-criterion @alert @statement:4F.1 @severity:high
  Scenario: The alerts on authentication are quiet
    Then the alerts on socket authentication and on the token mint are quiet

  @exit-criterion @statement:4F.2 @statement:4F.4 @severity:high
  Scenario: Tokens are accepted, as the playbook asks before it ends
    Then hardly any sync token is rejected

  @statement:4F.2 @severity:critical
  Scenario: Bad sync tokens are refused
    Then every runtime pod refuses a client with a sync token that has expired
    And every runtime pod refuses a client with a sync token of another issuer
    And every runtime pod refuses a client with a sync token for another audience
    And every runtime pod refuses a client with a sync token of another claims version
    And every runtime pod refuses a client without a sync token

  @statement:4F.2 @severity:medium
  Scenario: Refused tokens are told apart
    Then every runtime pod counts the tokens that it refuses under their reason class

  @exit-criterion @statement:4F.3 @severity:critical
  Scenario: The token mint and the runtime fit together
    Given a freshly minted sync token
    Then it claims what the runtime expects
    And every runtime pod opens a sync socket for it
