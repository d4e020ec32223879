Feature: Returns
  A recipient sends a parcel back.

  @AC-1
  Scenario: A broken parcel is picked up
    Given a delivered parcel
    When the recipient posts to /returns
    Then `return.requested` is published
