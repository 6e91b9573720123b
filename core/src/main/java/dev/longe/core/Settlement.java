package dev.longe.core;

import java.util.Optional;

/** Finds the use that settles reserved money. */
public final class Settlement {
  private Settlement() {}

  /** The use that the event records; empty for an event that settles nothing. */
  public static Optional<Usage> of(Event event) {
    return switch (event) {
      case Event.AttemptEnded e -> Optional.of(e.usage());
      case Event.Judged e -> Optional.of(e.usage());
      case Event.Submitted _,
          Event.Framed _,
          Event.Placed _,
          Event.PolicySet _,
          Event.Left _,
          Event.Claimed _,
          Event.Prepared _,
          Event.BaseChecked _,
          Event.AttemptStarted _,
          Event.SessionNamed _,
          Event.Spending _,
          Event.WrapUpSent _,
          Event.CandidateMade _,
          Event.Checked _,
          Event.Measured _,
          Event.Decided _,
          Event.AdmissionAsked _,
          Event.Deferred _,
          Event.Woken _,
          Event.Word _,
          Event.Landed _,
          Event.LandingRefused _,
          Event.SetupFailed _,
          Event.Faulted _ ->
          Optional.empty();
    };
  }
}
