package dev.longe.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** Explains why a file could not be read or written. */
public final class FileProblem {
  private FileProblem() {}

  /** The reason in a few words, for the end of a sentence. */
  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "the file or its directory does not exist";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "a file of this name exists";
      default -> String.valueOf(e.getMessage());
    };
  }
}
