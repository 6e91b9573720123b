package dev.longe.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContainerRecordsTest {
  @TempDir Path temp;

  @Test
  void filesThatLongeDidNotWrite_removeNoContainer() {
    String gone = "PODMAN\n" + temp.resolve("gone.lock") + "\n";
    World.write(temp.resolve("db"), gone);
    World.write(temp.resolve("--all"), gone);
    World.write(temp.resolve("longe-1"), gone.replace("PODMAN", "OTHER"));
    World.write(temp.resolve("longe-2"), "PODMAN");
    assertThat(new ContainerRecords(temp, Map.of()).sweep()).isZero();
  }
}
