package dev.longe.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of what {@link LandingRaceIT} plays forty times. */
@Timeout(300)
final class LandingRaceTest {
  @TempDir Path temp;

  @Test
  @Tag("I10")
  @Tag("F12")
  void fiveAtOnce_landAll_orSayWhyNot() {
    try (LandingRace race = new LandingRace(temp)) {
      race.run(2);
    }
  }
}
