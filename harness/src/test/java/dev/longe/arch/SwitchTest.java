package dev.longe.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A switch over a type of ours names every case, so that a new one does not compile until somebody
 * has thought of it. Read from the syntax: a switch is over a type of ours if its constants are
 * those of one enum that these sources declare, or a pattern names a type that they declare.
 */
@SuppressWarnings("VoidUsed") // the visitors of the compiler's API have a parameter of this type
final class SwitchTest {
  /** What the sources declare that a label can name. */
  private record Ours(List<Set<String>> enums, Set<String> types) {
    static Ours of(List<CompilationUnitTree> units) {
      Ours ours = new Ours(new ArrayList<>(), new HashSet<>());
      for (CompilationUnitTree unit : units) {
        new TreeScanner<Void, Void>() {
          @Override
          public Void visitClass(ClassTree type, Void unused) {
            if (!thrown(type)) {
              ours.types.add(type.getSimpleName().toString());
            }
            if (type.getKind() == Tree.Kind.ENUM) {
              Set<String> constants = new HashSet<>();
              type.getMembers().stream()
                  .filter(m -> m instanceof VariableTree v && constant(v))
                  .forEach(m -> constants.add(((VariableTree) m).getName().toString()));
              ours.enums.add(constants);
            }
            return super.visitClass(type, unused);
          }
        }.scan(unit, null);
      }
      return ours;
    }

    boolean has(List<Tree> labels) {
      Set<String> named = new HashSet<>();
      for (Tree label : labels) {
        if (label instanceof ConstantCaseLabelTree c
            && c.getConstantExpression() instanceof IdentifierTree name) {
          named.add(name.getName().toString());
        } else if (label instanceof PatternCaseLabelTree p && types.contains(typeName(p))) {
          return true;
        }
      }
      return !named.isEmpty() && enums.stream().anyMatch(e -> e.containsAll(named));
    }

    /** An enum's constant is printed with its hidden modifiers in a comment. */
    private static boolean constant(VariableTree field) {
      return field.toString().contains("/*public static final*/");
    }

    /** Who catches what others may throw can't name all of it. */
    private static boolean thrown(ClassTree type) {
      return type.getExtendsClause() != null
          && type.getExtendsClause().toString().matches(".*(Exception|Error|Fault)");
    }
  }

  /** One source that is not a file. */
  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    Text(String name, String text) {
      super(URI.create("string:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  private static List<CompilationUnitTree> parsed(List<JavaFileObject> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
    List<CompilationUnitTree> units = new ArrayList<>();
    try {
      task.parse().forEach(units::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return units;
  }

  /** The switches with a default that have a label of ours. */
  private static List<String> defaults(List<JavaFileObject> sources) {
    List<CompilationUnitTree> units = parsed(sources);
    Ours ours = Ours.of(units);
    List<String> found = new ArrayList<>();
    for (CompilationUnitTree unit : units) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitSwitch(SwitchTree node, Void unused) {
          look(node.getCases(), node);
          return super.visitSwitch(node, unused);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree node, Void unused) {
          look(node.getCases(), node);
          return super.visitSwitchExpression(node, unused);
        }

        private void look(List<? extends CaseTree> cases, Tree node) {
          List<Tree> labels = new ArrayList<>();
          cases.forEach(c -> labels.addAll(c.getLabels()));
          boolean open = labels.stream().anyMatch(l -> l instanceof DefaultCaseLabelTree);
          if (open && ours.has(labels)) {
            String first = node.toString().strip().lines().findFirst().orElse("");
            found.add(Path.of(unit.getSourceFile().getName()).getFileName() + ": " + first);
          }
        }
      }.scan(unit, null);
    }
    return found;
  }

  /** {@code C} of {@code A.B.C c} and of {@code A.B.C(var x)}. */
  private static String typeName(PatternCaseLabelTree label) {
    String pattern = label.getPattern().toString().strip();
    String type = pattern.replaceFirst("^(?:final )?([\\w.]+).*", "$1");
    return type.substring(type.lastIndexOf('.') + 1);
  }

  @Test
  void switches_overOurTypes_nameEveryCase() {
    List<JavaFileObject> sources = new ArrayList<>();
    for (Path file : Sources.mainJava()) {
      sources.add(new Text(Sources.name(file), Sources.text(file)));
    }
    assertThat(sources).hasSizeGreaterThan(300);
    assertThat(defaults(sources)).isEmpty();
  }

  private static List<String> defaultsIn(String body) {
    String declarations =
        """
        enum Colour { RED, GREEN; static final int NOT_FOUND = 127; }
        sealed interface Shape { record Round(int r) implements Shape {} record Flat() implements Shape {} }
        """;
    return defaults(List.of(new Text("A.java", declarations + "class A { " + body + " }")));
  }

  @Test
  void rule_seesEachFormOfDefault() {
    assertThat(
            defaultsIn("int f(Colour c) { return switch (c) { case RED -> 1; default -> 2; }; }"))
        .hasSize(1);
    assertThat(defaultsIn("void f(Colour c) { switch (c) { case RED: break; default: } }"))
        .hasSize(1);
    assertThat(
            defaultsIn(
                "int f(Shape s) { return switch (s) { case Shape.Flat _ -> 1; default -> 2; }; }"))
        .hasSize(1);
    assertThat(
            defaultsIn(
                "int f(Shape s) { return switch (s) { case Shape.Round(int r) -> r; case null,"
                    + " default -> 2; }; }"))
        .hasSize(1);
  }

  @Test
  void rule_leavesOtherSwitchesAlone() {
    assertThat(
            defaultsIn("int f(String s) { return switch (s) { case \"a\" -> 1; default -> 2; }; }"))
        .isEmpty();
    assertThat(
            defaultsIn(
                "int f(Object o) { return switch (o) { case String s -> 1; default -> 2; }; }"))
        .isEmpty();
    assertThat(
            defaultsIn(
                "int f(Colour c) { return switch (c) { case RED -> 1; case GREEN -> 2; }; }"))
        .isEmpty();
    assertThat(
            defaultsIn(
                "int f(int i) { return switch (i) { case NOT_FOUND -> 1; default -> 2; }; }"))
        .isEmpty();
  }
}
