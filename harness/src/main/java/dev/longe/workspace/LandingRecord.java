package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * What is about to be done to a work tree of the user, written before it begins and deleted when it
 * is done. So the next process finds what a killed one has left.
 *
 * @param tree the work tree
 * @param gitDirectory its own git directory, with its index
 * @param ref the branch that is checked out there
 * @param from the commit that the branch points to before
 * @param to the commit that it is moved to
 */
record LandingRecord(Path tree, Path gitDirectory, String ref, Commit from, Commit to) {
  private static final int LINES = 5;

  /** The same landing taken back. */
  LandingRecord reversed() {
    return new LandingRecord(tree, gitDirectory, ref, to, from);
  }

  private static Path file(Path common) {
    return common.resolve("longe.landing");
  }

  /** Stores the record: it is on the disk in whole, also after a loss of power. */
  void write(Path common) {
    Path written = common.resolve("longe.landing.new");
    try {
      Files.writeString(
          written,
          String.join("\n", tree.toString(), gitDirectory.toString(), ref, from.id(), to.id(), ""));
      force(written);
      Files.move(
          written,
          file(common),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      force(common);
    } catch (IOException e) {
      throw new Fault("The landing can't be recorded in " + common + ": " + e.getMessage(), e);
    }
  }

  private static void force(Path fileOrDirectory) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The record that a killed process has left. */
  static Optional<LandingRecord> left(Path common) {
    if (!Files.exists(file(common))) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file(common));
      if (lines.size() == LINES) {
        return Optional.of(
            new LandingRecord(
                Path.of(lines.get(0)),
                Path.of(lines.get(1)),
                lines.get(2),
                new Commit(lines.get(3)),
                new Commit(lines.get(4))));
      }
      throw damaged(common);
    } catch (IllegalArgumentException e) { // no path, or no commit
      throw damaged(common);
    } catch (IOException e) {
      throw new Fault("The file " + file(common) + " can't be read: " + e.getMessage(), e);
    }
  }

  private static Fault damaged(Path common) {
    return new Fault(
        "The file %s is damaged. Look at «git status» in the work trees of this repository, then delete the file."
            .formatted(file(common)));
  }

  static void delete(Path common) {
    try {
      Files.deleteIfExists(file(common));
    } catch (IOException e) {
      throw new Fault("The file " + file(common) + " can't be deleted: " + e.getMessage(), e);
    }
  }
}
