package dev.longe.quality;

/** What looking at one content gave. */
sealed interface FileResult permits FileFacts, FileResult.Unmeasured {

  /** It was not measured. */
  record Unmeasured(String why) implements FileResult {}
}
