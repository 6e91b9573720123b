package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes that break a rule on purpose, compiled for one test: the proof that the rule sees it. */
final class Breach {
  private Breach() {}

  /** A source text whose first public or only type is {@code T} of its package. */
  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(int number, String text) {
      super(URI.create("string:///Breach" + number + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  /**
   * Compiles texts, each with a class {@code T}, all at once against the class path of the tests;
   * answers with the classes of each text.
   */
  static Map<String, JavaClasses> each(List<String> texts) {
    List<String> named =
        IntStream.range(0, texts.size())
            .mapToObj(i -> texts.get(i).replaceAll("\\bT\\b", "T" + i))
            .toList();
    JavaClasses all = compiled(named);
    Map<String, JavaClasses> each = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      String name = "T" + i;
      each.put(
          texts.get(i),
          all.that(DescribedPredicate.describe("of " + name, c -> c.getSimpleName().equals(name))));
    }
    assertThat(each.values()).as("the classes of each text").noneMatch(c -> c.isEmpty());
    return each;
  }

  /**
   * The classes of texts that know each other; a public one is called {@code Breach0}, and so on.
   */
  static JavaClasses of(String... texts) {
    return compiled(Arrays.asList(texts));
  }

  private static JavaClasses compiled(List<String> texts) {
    try {
      Path directory = Files.createTempDirectory("longe-breach-");
      try {
        compile(directory, texts);
        return new ClassFileImporter().importPath(directory);
      } finally {
        clear(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path directory, List<String> texts) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> sources =
        IntStream.range(0, texts.size())
            .<JavaFileObject>mapToObj(i -> new Text(i, texts.get(i)))
            .toList();
    StringWriter said = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-d", directory.toString(), "-proc:none", "-nowarn"),
                null,
                sources)
            .call();
    assertThat(compiled).as(said.toString()).isTrue();
  }

  private static void clear(Path directory) throws IOException {
    List<Path> files;
    try (var all = Files.walk(directory)) {
      files = all.toList();
    }
    for (Path file : files.reversed()) {
      Files.delete(file);
    }
  }
}
