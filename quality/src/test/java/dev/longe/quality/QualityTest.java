package dev.longe.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found in code of each language. */
final class QualityTest {
  @TempDir Path temp;

  private Metrics measure(Sources sources) {
    return new Quality(temp.resolve("measures")).measure(sources);
  }

  private static String real(String name) {
    try (InputStream in = QualityTest.class.getResourceAsStream("real/" + name + ".txt")) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Findings with how many there are, by rule. */
  private static String rules(List<Finding> smells) {
    Map<String, Long> counts =
        new TreeMap<>(
            smells.stream()
                .collect(Collectors.groupingBy(s -> s.rule().code(), Collectors.counting())));
    return counts.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EventUtils.java | 6 | 1 | cause-lost 1",
        "Jdk9Platform.kt | 4 | 2 | swallow-narrow 2",
        "compat.py | 1 | 3 | suppression 4, swallow-narrow 2",
        "job.rs | 2 | 1 | swallow-empty 1",
        "FallbackGroupHandler.php | 2 | 2 | clone 2, swallow-empty 2",
        "class_resolver.rb | 1 | 1 | swallow-narrow 1",
        "cookies.js | 9 | 2 | swallow-empty 1",
        "parse.ts | 0 | 0 | cast 6, clone 6, suppression 6",
        "fs.go | 3 | 1 | ''",
        "VersionConverter.cs | 3 | 1 | cast 1",
        "env.cc | 18 | 0 | trivial-wrapper 4",
        "tool_strdup.c | 1 | 0 | cast 2"
      })
  void realCode_isCountedAsByHand(String name, int functions, int handlers, String found) {
    Metrics census = measure(Sources.of(name, real(name)));
    FileFacts facts = census.files().values().iterator().next();
    assertThat(facts.functions()).hasSize(functions);
    assertThat(facts.handlers()).isEqualTo(handlers);
    assertThat(rules(census.smells())).isEqualTo(found);
  }

  @Test
  void tables_nameOnlyNodesThatTheirGrammarHas() {
    assertThat(Languages.all()).hasSize(13);
    Natives.unpack(temp.resolve("parsers"));
    for (Language language : Languages.all()) {
      Grammar grammar = new Grammar(language);
      language.types().values().stream()
          .flatMap(types -> types.stream())
          .forEach(t -> assertThat(grammar.knows(t)).as(language.name() + " " + t).isTrue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a.java | class A { int f() { try { return g(); } catch (Exception e) { return -1; } } } |"
            + " swallow-sentinel 1",
        "a.java | class A { void f() { try { g(); } catch (Exception e) { log.warn(e); } } } |"
            + " swallow-log 1",
        "a.java | class A { void f() { try { g(); } catch (Exception e) { throw new X(e); } } } |"
            + " ''",
        "a.java | class A { void f(B b) { if (b == null) { return; } h(); if (b == null) { k(); } }"
            + " } | redundant-guard 1",
        "a.java | class A { void f(B b) { if (b == null) { return; } b = g(); if (b == null) { k();"
            + " } } } | ''",
        "a.java | class A { void f(B b) { if (b == null) { k(); } h(); if (b == null) { k(); } } }"
            + " | ''",
        "a.java | class A { int f(B b) { return b.get().orElse(0); } } | default-fallback 1",
        "a.java | class A { int f(B b) { return b.get().orElse(c); } } | ''",
        "a.kt | fun f(a: Int?): Int = a ?: 0 | default-fallback 1",
        "a.kt | fun f(a: Int?): Int { return a ?: throw X() } | ''",
        "a.js | function f() { return p.catch(() => null); } | swallow-default 1",
        "a.js | function f(a) { return a?.b?.c; } | default-fallback 1",
        "a.ts | function f(a: string) { return a ?? ''; } | default-fallback 1",
        "a.ts | // @ts-ignore | suppression 1",
        "a.go | package a; func f() error { if err := g(); err != nil { return errors.New(m) };"
            + " return nil } | cause-lost 1",
        "a.go | package a; func f() (err error) { err = g(); if err != nil { return }; return nil }"
            + " | ''",
        "a.rs | fn f() { g().ok(); } | swallow-empty 1",
        "a.rs | fn f() -> i32 { g().unwrap_or(0) } | default-fallback 1",
        "a.cpp | int f() { try { return g(); } catch (...) { } return 0; } | swallow-empty 1",
        "a.cs | class A { void F() { try { G(); } catch { } } } | swallow-empty 1",
        "a.rb | x = g rescue nil | swallow-default 1",
        "a.php | <?php function f($a) { return @g($a ?? 0); } | default-fallback 1, suppression 1",
        "a.c | char *f(char *p) { return p ? p : q; } | default-fallback 1"
      })
  void smallCode_hasWhatItHas(String path, String code, String found) {
    String expected = found.equals("''") ? "" : found;
    assertThat(rules(measure(Sources.of(path, code)).smells())).isEqualTo(expected);
  }

  @Test
  void tests_showWhatTheySkipWaitForAndAllow() {
    String test =
        """
        import time
        @pytest.mark.skip(reason="flaky")
        def test_a():
            time.sleep(1)
            assert close(1, 2, abs_tol=0.5)
        """;
    assertThat(rules(measure(Sources.of("tests/test_a.py", test)).smells()))
        .isEqualTo("test-skipped 1, test-sleep 1, tolerance 1");
    assertThat(rules(measure(Sources.of("src/a.py", test)).smells())).isEmpty();
  }

  @Test
  void complexity_isMeasuredAsDefined() {
    StringBuilder code = new StringBuilder("class A { void f(int a) {");
    for (int i = 0; i < 11; i++) {
      code.append("if (a == ").append(i).append(") { g(); }\n");
    }
    Metrics census = measure(Sources.of("A.java", code + "} }"));
    // 12 paths, 11 ifs and 11 calls: (12 − 1) · √22
    assertThat(census.measure(Measure.MASS)).isEqualTo(11 * Math.sqrt(22));
    assertThat(census.measure(Measure.EROSION)).isEqualTo(1);
  }

  @Test
  @Tag("F20")
  void whatIsNoCodeOfAHuman_isToldByReason() {
    String line = "x".repeat(5 << 20);
    Metrics census =
        measure(
            Sources.of(
                    "a.unknown", "?", "gen.go", "// Code generated by x. DO NOT EDIT.\npackage a")
                .with("b.py", new byte[] {1, 0, 2})
                .with("big.js", line.getBytes(StandardCharsets.UTF_8))
                .with(
                    "one.js", ("x = '" + "y".repeat(9_000) + "'").getBytes(StandardCharsets.UTF_8))
                .with("node_modules/a.js", "x".getBytes(StandardCharsets.UTF_8)));
    assertThat(census.skipped())
        .isEqualTo(
            Map.of(
                "no grammar", 1,
                "generated", 1,
                "binary", 1,
                "larger than 1 MB", 1,
                "lines too long for hand-written code", 1,
                "vendored", 1));
    assertThat(census.smells()).isEmpty();
  }

  @Test
  @Tag("F20")
  void brokenSyntax_andAByteOrderMark_hideNothing() {
    String broken = "class A { void f( { try { g(); } catch (Exception e) { } ";
    assertThat(rules(measure(Sources.of("A.java", broken)).smells())).contains("swallow-empty 1");
    String fine =
        "class A { void F() { try { G(); } catch (Exception ex) { throw new X(\"a\", ex); } } }";
    assertThat(measure(Sources.of("A.cs", "\uFEFF" + fine)).smells()).isEmpty();
  }

  @Test
  void secondLook_readsOnlyWhatIsNew() {
    Sources first = Sources.of("a.py", "x = 1\n", "b.py", "y = 2\n");
    Metrics before = measure(first);
    Sources second = Sources.of("a.py", "x = 1\n", "c.py", "y = 2\n", "d.py", "z = 3\n");
    Metrics after = measure(second);
    assertThat(first.read).hasSize(2);
    assertThat(second.read).containsExactly("d.py");
    assertThat(after.measure(Measure.LINES)).isEqualTo(before.measure(Measure.LINES) + 1);
  }

  @Test
  void cacheThatIsCutOff_isMadeAnew() throws IOException {
    Metrics before = measure(Sources.of("a.py", "try:\n  f()\nexcept:\n  pass\n"));
    Files.writeString(temp.resolve("measures"), "rubbish");
    Sources again = Sources.of("a.py", "try:\n  f()\nexcept:\n  pass\n");
    assertThat(measure(again).smells()).isEqualTo(before.smells());
    assertThat(again.read).hasSize(1);
  }

  @Test
  void parsers_areUnpackedOnce() throws IOException {
    Path lib = temp.resolve("parsers/lib");
    Natives.unpack(temp.resolve("parsers"));
    List<Path> first = list(lib);
    FileTime made = Files.getLastModifiedTime(first.getFirst());
    Natives.unpack(temp.resolve("parsers"));
    assertThat(list(lib)).isEqualTo(first).hasSize(14);
    assertThat(Files.getLastModifiedTime(first.getFirst())).isEqualTo(made);
    Files.writeString(first.getFirst(), "cut off");
    Natives.unpack(temp.resolve("parsers"));
    assertThat(Files.size(first.getFirst())).isGreaterThan(10_000);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** Each line of the table in the document is what the labels say. */
  @Test
  void precision_isAsDocumented() throws IOException {
    Map<String, int[]> counts = new TreeMap<>();
    for (String line : labels().lines().skip(1).toList()) {
      String[] cell = line.split("\t", -1);
      boolean right = cell[3].equals("true");
      boolean now = cell[4].isEmpty();
      for (String row : List.of("`" + cell[0] + "`", "all")) {
        int[] n = counts.computeIfAbsent(row, _ -> new int[4]);
        n[0] += right ? 1 : 0;
        n[1]++;
        n[2] += right && now ? 1 : 0;
        n[3] += now ? 1 : 0;
      }
    }
    String document = Files.readString(Path.of("..", "docs/quality.md"));
    assertThat(counts).hasSizeGreaterThan(10);
    counts.forEach((row, n) ->
        assertThat(document)
            .contains("| %s | %d of %d | %d of %d |".formatted(row, n[0], n[1], n[2], n[3])));
  }

  private static String labels() {
    try (InputStream in = QualityTest.class.getResourceAsStream("labels.tsv")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
