package dev.longe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code longe demo}: the main use case with a scripted agent, on real git and a real test suite.
 */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
  private static final String TASK =
      "The tests of Price fail: a discounted price is cut off instead of rounded to the cent. In"
          + " Price.java it should be rounded half up.";

  private final App app;

  DemoCommand(App app) {
    this.app = app;
  }

  static String resource(String name) {
    try (InputStream in = DemoCommand.class.getResourceAsStream("demo/" + name)) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Integer call() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Scratch scratch =
        Scratch.make(
            app,
            Map.of(
                "Price.java", resource("Price.java.txt"),
                "PriceTest.java", resource("PriceTest.java.txt"),
                ".gitignore", "results.tap\n",
                ".longe/loops/default.md", resource("loop.md").replace("JAVA", java)));
    Path script = scratch.write("agent.yaml", resource("agent.yaml"));
    PrintStream out = app.out();
    out.println(
        "The example is a small shop in " + scratch.repository() + "; two of its tests fail.");
    out.println(
        "The agent is a script. Its first attempt says that the task is done and changes nothing,");
    out.println(
        "its second edits the test, its third corrects the code. Longe does not know this.");
    out.println();
    int code;
    try (App demo = app.elsewhere(scratch.home(), scratch.repository(), out, app.err())) {
      code = Main.run(demo, "run", TASK, "--agent", "script:" + script);
    }
    out.println();
    out.println(
        "A check on exactly the commit of each attempt refused the first two. To look at the"
            + " task:");
    String home = "LONGE_HOME=" + scratch.home() + " longe ";
    out.println("  " + home + "COMMAND TASK, where COMMAND is log, diff, replay or accept");
    out.println("You can delete all of it: rm -rf " + scratch.root());
    out.println();
    out.println("To do the same in your own repository, with Claude Code:");
    out.println("  longe init");
    out.println("  longe run \"what is to be done\"");
    out.println("  longe accept TASK");
    return code;
  }
}
