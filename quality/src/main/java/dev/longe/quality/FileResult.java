package dev.longe.quality;

/** Result of examining the content of a file. */
sealed interface FileResult permits FileFacts, FileResult.Unmeasured {

  /** The file was not measured. */
  record Unmeasured(String why) implements FileResult {}
}
