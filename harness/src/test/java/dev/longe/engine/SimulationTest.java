package dev.longe.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.core.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real decider, task loop and journal in a played world: time, agents, checks, humans, and
 * processes of the harness that die at every boundary of an effect. What comes of it is held
 * against the world's own records. A failure names its seed.
 */
@Timeout(600)
final class SimulationTest {
  /** Nights within which each sabotage must have been seen. */
  private static final int SABOTAGED_MAX = 40;

  private final Set<State> reached = ConcurrentHashMap.newKeySet();
  private Path directory = Path.of("");

  /** The simulation's journals die with it, so they need no disk. */
  @BeforeEach
  void directory() throws IOException {
    Path memory = Path.of("/dev/shm");
    directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "longe-simulation-")
            : Files.createTempDirectory("longe-simulation-");
  }

  @AfterEach
  void clear() throws IOException {
    clear(directory);
  }

  private static void clear(Path place) throws IOException {
    List<Path> files;
    try (var all = Files.walk(place)) {
      files = all.toList();
    }
    for (Path file : files.reversed()) {
      Files.delete(file);
    }
  }

  private Map<Fact, String> broken(long seed, Sabotage sabotage) {
    Path place = directory.resolve(sabotage + "-" + seed);
    Map<Fact, String> broken = new Night(seed, place, sabotage).play(reached);
    try {
      clear(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return broken;
  }

  @Test
  @Tag("F1")
  @Tag("I2")
  @Tag("I4")
  @Tag("I6")
  @Tag("I7")
  @Tag("I9")
  @Tag("I11")
  @Tag("I12")
  @Tag("I15")
  @Tag("I17")
  @Tag("I18")
  void anyNight_keepsTheInvariants() {
    long one = Long.getLong("longe.seed", 0);
    LongStream seeds =
        one > 0 ? LongStream.of(one) : LongStream.rangeClosed(1, Long.getLong("longe.seeds", 200));
    List<String> failures =
        seeds
            .parallel()
            .boxed()
            .flatMap(seed ->
                broken(seed, Sabotage.NONE).entrySet().stream()
                    .map(b -> "seed " + seed + ": " + b.getKey() + ": " + b.getValue()))
            .sorted()
            .toList();
    assertThat(failures).isEmpty();
    if (one == 0) { // a simulation that never gets anywhere would keep every fact
      assertThat(reached)
          .contains(
              State.LANDED,
              State.DISCARDED,
              State.PROPOSED,
              State.ASKING,
              State.WAITING,
              State.STOPPED);
    }
  }

  /** A check that can't fail is worthless: each sees what it is there for. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void sabotage_isSeen(Sabotage sabotage) {
    Set<Fact> seen = EnumSet.noneOf(Fact.class);
    for (long seed = 1; seed <= SABOTAGED_MAX && !seen.contains(sabotage.breaks()); seed++) {
      seen.addAll(broken(seed, sabotage).keySet());
    }
    assertThat(seen).contains(sabotage.breaks());
  }

  @Test
  void everyFact_isBrokenByASabotage() {
    Set<Fact> broken = EnumSet.noneOf(Fact.class);
    for (Sabotage sabotage : EnumSet.complementOf(EnumSet.of(Sabotage.NONE))) {
      broken.add(sabotage.breaks());
    }
    assertThat(broken).isEqualTo(EnumSet.allOf(Fact.class));
  }
}
