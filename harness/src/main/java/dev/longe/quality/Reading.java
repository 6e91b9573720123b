package dev.longe.quality;

/** What looking at one content gave. */
sealed interface Reading permits FileFacts, Reading.Unmeasured {

  /** It was not measured. */
  record Unmeasured(String why) implements Reading {}
}
