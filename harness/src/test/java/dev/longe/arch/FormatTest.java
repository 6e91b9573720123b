package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every file is as google-java-format writes it. Runs in the test's JVM, because Maven's own may be
 * too old for the syntax; {@code mvn test -Dtest=FormatTest -Dlonge.format=write} mends the files.
 */
final class FormatTest {
  @Test
  void everyFile_isFormatted() throws FormatterException, IOException {
    Formatter formatter = new Formatter();
    boolean write = "write".equals(System.getProperty("longe.format"));
    List<String> unformatted = new ArrayList<>();
    for (Path file : Sources.java()) {
      String text = Sources.text(file);
      String formatted = formatter.formatSourceAndFixImports(text);
      if (!formatted.equals(text)) {
        if (write) {
          Files.writeString(file, formatted);
        } else {
          unformatted.add(Sources.name(file));
        }
      }
    }
    assertThat(unformatted).as("run FormatTest with -Dlonge.format=write").isEmpty();
  }
}
