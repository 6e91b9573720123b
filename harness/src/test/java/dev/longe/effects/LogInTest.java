package dev.longe.effects;

import static dev.longe.testing.World.read;
import static dev.longe.testing.World.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longe.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log-in of a user, of which an agent has a copy. */
@Timeout(30)
final class LogInTest {
  private static final String OLD =
      "{\"main\":{\"type\":\"oauth\",\"access\":\"a1\",\"refresh\":\"r1\",\"expires\":1},\"version\":1}";
  private static final String NEW =
      "{\"main\":{\"type\":\"oauth\",\"access\":\"a2\",\"refresh\":\"r2\",\"expires\":2,"
          + "\"plan\":\"max\"},\"last\":\"now\"}";

  @TempDir Path temp;
  private Path original;
  private Path copy;
  private LogIn logIn;

  @BeforeEach
  void files() {
    original = write(temp.resolve("home/auth.json"), OLD);
    copy = temp.resolve("layer/auth.json");
    World.make(temp.resolve("layer"));
    logIn = new LogIn(original, copy, temp.resolve("lent/auth"), temp.resolve("trash"));
  }

  private String home() {
    return World.shell(temp.resolve("home"), "ls -A");
  }

  @Test
  void refreshedLogIn_replacesTheUsers_withItsMode() throws IOException {
    Files.setPosixFilePermissions(original, PosixFilePermissions.fromString("rw-r-----"));
    logIn.lend();
    assertThat(read(copy)).isEqualTo(OLD);
    write(copy, NEW);
    assertThat(logIn.takeBack()).isEmpty();
    assertThat(read(original)).isEqualTo(NEW);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(original)))
        .isEqualTo("rw-r-----");
    assertThat(home()).isEqualTo("auth.json");
    write(copy, OLD);
    assertThat(logIn.takeBack()).as("it is taken back once").isEmpty();
    assertThat(read(original)).isEqualTo(NEW);
  }

  @Test
  void linkOfTheUser_staysALink() throws IOException {
    Path target = temp.resolve("dotfiles/auth.json");
    World.make(temp.resolve("dotfiles"));
    World.move(original, target);
    Files.createSymbolicLink(original, target);
    logIn.lend();
    write(copy, NEW);
    assertThat(logIn.takeBack()).isEmpty();
    assertThat(original).isSymbolicLink();
    assertThat(read(target)).isEqualTo(NEW);
  }

  @Test
  void logInThatChangedMeanwhile_isKept_andLentNextTime() {
    logIn.lend();
    write(copy, NEW);
    String newer = OLD.replace("a1", "b1");
    write(original, newer);
    assertThat(logIn.takeBack().orElseThrow()).contains("yours has changed meanwhile");
    assertThat(read(original)).isEqualTo(newer);
    logIn.lend();
    assertThat(read(copy)).isEqualTo(newer);
  }

  @Test
  void userWhoLoggedOutMeanwhile_staysLoggedOut() throws IOException {
    logIn.lend();
    write(copy, NEW);
    Files.delete(original);
    assertThat(logIn.takeBack()).isPresent();
    assertThat(home()).isEmpty();
    logIn.lend();
    assertThat(copy).doesNotExist();
    write(copy, NEW);
    assertThat(logIn.takeBack()).isEmpty();
    assertThat(home()).as("an agent makes no log-in of its own for the user").isEmpty();
  }

  @Test
  void unchangedCopy_changesNothing_alsoIfTheUsersChanged() {
    logIn.lend();
    write(original, NEW);
    assertThat(logIn.takeBack()).isEmpty();
    assertThat(read(original)).isEqualTo(NEW);
  }

  /** What an agent leaves in the place of its copy. */
  @ParameterizedTest
  @Tag("I10")
  @ValueSource(
      strings = {
        "rm auth.json; ln -s ../secret auth.json",
        "rm auth.json; mkfifo auth.json",
        "rm auth.json; truncate -s 1G auth.json",
        "rm auth.json; mkdir auth.json; touch auth.json/x; chmod 0 auth.json",
        "rm auth.json",
        ": > auth.json",
        "echo no > auth.json",
        "echo '[1]' > auth.json",
        "echo '{' > auth.json",
        "head -c 100000 /dev/zero | tr '\\0' '[' > auth.json",
        "echo '{}' > auth.json",
        "sed -i 's/a1/!touch evil/' auth.json",
        "sed -i 's/oauth/wellknown/' auth.json",
        "sed -i 's/\"version\"/\"https:..evil\":{\"type\":\"wellknown\"},\"version\"/' auth.json",
      })
  void otherThanARefreshedLogIn_isRefused(String does) {
    write(temp.resolve("secret"), NEW);
    logIn.lend();
    World.shell(temp.resolve("layer"), does);
    assertThat(logIn.takeBack().orElseThrow()).contains("no refreshed one");
    assertThat(read(original)).isEqualTo(OLD);
    assertThat(home()).isEqualTo("auth.json");
    logIn.lend();
    assertThat(copy).isRegularFile();
    assertThat(read(copy)).isEqualTo(OLD);
    assertThat(read(temp.resolve("secret"))).isEqualTo(NEW);
  }

  @Test
  void userWithoutALogIn_lendsNone() throws IOException {
    Files.delete(original);
    logIn.lend();
    assertThat(copy).doesNotExist();
    assertThat(logIn.takeBack()).isEmpty();
  }
}
