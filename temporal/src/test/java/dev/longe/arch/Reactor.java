package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.longe.temporal.TaskFlow;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The compiled main classes of every module of the build, also of those that are on no class path
 * here. This is the last module that has tests, so all of them are compiled by now.
 */
final class Reactor {
  /** Programs that nothing imports, compiled after this module. */
  private static final Set<String> LATER = Set.of("bench");

  private static final String OWN = "temporal";

  private static final Pattern MODULE = Pattern.compile("<module>([a-z-]+)</module>");

  static final JavaClasses MAIN = main();

  private Reactor() {}

  static List<String> modules() {
    List<String> all =
        MODULE
            .matcher(Sources.text(Sources.root().resolve("pom.xml")))
            .results()
            .map((MatchResult r) -> r.group(1))
            .toList();
    assertThat(all).contains("core", "harness", OWN).containsAll(LATER);
    return all.stream().filter(m -> !LATER.contains(m)).toList();
  }

  private static JavaClasses main() {
    List<Path> directories = new ArrayList<>();
    for (String module : modules()) {
      Path classes = classes(module);
      assertThat(classes.resolve("dev/longe")).as("classes of " + module).isDirectory();
      directories.add(classes);
    }
    return new ClassFileImporter().importPaths(directories);
  }

  /** Where a module's classes are: as this module's, under another module's name. */
  private static Path classes(String module) {
    Path classes = Sources.root();
    for (Path part : Sources.root().relativize(own())) {
      classes = classes.resolve(part.toString().equals(OWN) ? module : part.toString());
    }
    return classes;
  }

  private static Path own() {
    try {
      return Path.of(TaskFlow.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
