package dev.longe.sandbox;

import dev.longe.testing.World;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that owns, and stops owning, again and again, and tells where its file was taken. */
public final class ComeAndGo {
  private static final int TIMES = 300;

  private ComeAndGo() {}

  /** The directory of lock files is the one argument. */
  public static void main(String[] arguments) {
    for (int i = 0; i < TIMES; i++) {
      try (Owners owners = new Owners(Path.of(arguments[0]), World.ENVIRONMENT)) {
        Path file = owners.file();
        if (!Files.exists(file) || !owners.alive(owners.own())) {
          System.out.println("lost " + file);
        }
      }
    }
  }
}
