package dev.longe.workspace;

import dev.longe.core.Commit;
import dev.longe.core.Fault;
import dev.longe.sandbox.Confinement.Overlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A checkout of a task's base in which the setup of its loop has run. It is the lower part of the
 * trees of all tasks with this base and setup. Nobody changes it after it is ready.
 *
 * @param directory its own directory, below Longe's home
 */
public record PreparedBase(Path directory) implements Shared {
  /** The file in a task's directory that names its base. */
  private static final String OF_TASK = "base";

  private static final String SET_UP_IN = "setup.in";
  private static final String OFFERED = "setup.offered";

  /** The base that a task needs; empty if its trees are ordinary directories. */
  public static Optional<PreparedBase> of(Path task) {
    return TextFile.path(task.resolve(OF_TASK)).map(PreparedBase::new);
  }

  /** Notes that a task needs this base. */
  void keepFor(Path task) {
    TextFile.write(task.resolve(OF_TASK), directory.toString());
  }

  @Override
  public Path ready() {
    return directory.resolve("ready");
  }

  @Override
  public long kibibytes() {
    return Long.parseLong(lines(ready()).getFirst());
  }

  /** The git directory of the repository that it is a checkout of. */
  public Path repository() {
    return Path.of(lines(facts()).get(0));
  }

  /** The commit that it is a checkout of. */
  public Commit commit() {
    return new Commit(lines(facts()).get(1));
  }

  private Path facts() {
    return directory.resolve("facts");
  }

  /** A whole checkout, unless it is {@link #difference} from another base. */
  Path tree() {
    return directory.resolve("tree");
  }

  /** The scratch directory of the overlay with the differences from another base's checkout. */
  Path difference() {
    return directory.resolve("difference");
  }

  /** The scratch directory of the overlay in which the setup runs. */
  Path setup() {
    return directory.resolve("setup");
  }

  /** What the setup added to package caches. */
  public Path caches() {
    return setUpIn().directory().resolve("caches");
  }

  /** The base in which the setup of this one ran: another one if its result is reused. */
  public PreparedBase setUpIn() {
    return TextFile.path(directory.resolve(SET_UP_IN)).map(PreparedBase::new).orElse(this);
  }

  void setUpIn(PreparedBase other) {
    TextFile.write(directory.resolve(SET_UP_IN), other.directory().toString());
  }

  /**
   * A setup that ran in a base and whose result others may reuse.
   *
   * @param key names the state of all that it depends on
   * @param began when it began to run
   */
  private record Offered(String key, Instant began) {}

  /**
   * Whether other bases may reuse the result of its setup.
   *
   * @param key names the state of all that their setup depends on
   * @param since the setup must have begun to run then or later
   */
  public boolean offersSetup(String key, Instant since) {
    return offered().filter(o -> o.key().equals(key) && !o.began().isBefore(since)).isPresent();
  }

  private Optional<Offered> offered() {
    Path file = directory.resolve(OFFERED);
    return Files.exists(file)
        ? Optional.of(new Offered(lines(file).get(0), Instant.parse(lines(file).get(1))))
        : Optional.empty();
  }

  /** Notes that other bases with this key may reuse the result of the setup. */
  public void offerSetup(String key, Instant began) {
    TextFile.write(directory.resolve(OFFERED), key + "\n" + began + "\n");
  }

  /** The index of the tree, with the times and sizes of its files. */
  Path index() {
    return directory.resolve("tree.index");
  }

  /** Whether its checkout is complete. */
  public boolean isCheckedOut() {
    return Files.exists(directory.resolve("checkout"));
  }

  /** What the setup wrote that git neither tracks nor ignores. */
  List<String> untracked() {
    String all = String.join("\n", lines(directory.resolve("untracked")));
    return Stream.of(all.split("\0")).filter(p -> !p.isEmpty()).toList();
  }

  void describeUntracked(String paths) {
    TextFile.write(directory.resolve("untracked"), paths);
  }

  /**
   * Copies the index to the place of a tree's index, with its time: git reads a file again that was
   * written in the second of this time or later. With a later time it would not see that a file was
   * written twice in a second.
   */
  void copyIndex(Path to) {
    try {
      Files.copy(
          index(), to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new Fault("The index " + to + " can't be written: " + e.getMessage(), e);
    }
  }

  /** The layers of the checkout without what the setup wrote, the topmost first. */
  public List<Path> checkout() {
    return lines(directory.resolve("checkout")).stream().map(Path::of).toList();
  }

  /** The layers of the tree, the topmost first. */
  List<Path> layers() {
    return Stream.concat(written(this), belowSetup().stream()).toList();
  }

  /** The layers below what the setup of this base, or the preparation after it, writes. */
  List<Path> belowSetup() {
    PreparedBase other = setUpIn();
    Stream<Path> reused = other.equals(this) ? Stream.empty() : written(other);
    return Stream.concat(reused, checkout().stream()).toList();
  }

  private static Stream<Path> written(PreparedBase base) {
    return Stream.of(Overlay.upper(base.setup())).filter(Files::isDirectory);
  }

  /** The attributes with which the files were written. */
  String attributes() {
    return String.join("\n", lines(directory.resolve("attributes")));
  }

  void describe(Path repository, Commit commit, String attributes, List<Path> checkout) {
    TextFile.write(facts(), repository + "\n" + commit.id() + "\n");
    TextFile.write(directory.resolve("attributes"), attributes);
    TextFile.write(
        directory.resolve("checkout"),
        String.join("\n", checkout.stream().map(Path::toString).toList()) + "\n");
  }

  /** Makes it complete. */
  void finish(long kibibytes) {
    TextFile.write(ready(), kibibytes + "\n");
  }

  private List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
