package dev.longe.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An image for tests of containers: some programs of this machine with their libraries, and the
 * file {@code /image}. Needs Podman, and its runtime crun or runc.
 */
public final class TestImage {
  public static final String NAME = "localhost/longe-test-image";

  private static final List<String> PROGRAMS =
      List.of(
          "bash", "sh", "cat", "chmod", "cp", "env", "find", "git", "grep", "head", "id", "ls",
          "mkdir", "mount", "mv", "rm", "sed", "seq", "setsid", "sleep", "sort", "stat", "tail",
          "tee", "touch", "true", "wc");

  private static final String ROOT =
      """
      mkdir -p root/usr/bin root/etc root/tmp root/proc root/sys root/dev root/run root/var/tmp
      ln -s usr/bin root/bin
      echo image > root/image
      for p in $PROGRAMS; do
        f=$(readlink -f "$(type -P $p)")
        cp "$f" root/usr/bin/$p
        ldd "$f" 2>/dev/null | grep -o '/[^ ]*' || true
      done | sort -u | while read -r library; do
        mkdir -p "root$(dirname "$library")"
        cp -L "$library" "root$library"
      done
      tar -C root -c . > image.tar
      rm -rf root
      """;

  private TestImage() {}

  /**
   * Makes the image.
   *
   * @param scratch a directory for its files
   * @return the variables with which Podman finds a runtime that works here
   */
  public static Map<String, String> make(Path scratch) {
    World.make(scratch);
    World.shell(scratch, "PROGRAMS='" + String.join(" ", PROGRAMS) + "'\n" + ROOT);
    Path runtime = scratch.resolve("containers.conf");
    World.shell(
        scratch,
        """
        podman import image.tar %1$s 2>/dev/null
        for runtime in crun runc; do
          printf '[engine]\\nruntime="%%s"\\n' $runtime > %2$s
          if CONTAINERS_CONF=%2$s podman run --rm --network=none --ulimit=nofile=1024:1024 \\
              --ulimit=nproc=1024:1024 %1$s true >&2; then exit; fi
        done
        exit 1
        """
            .formatted(NAME, runtime));
    return Map.of("CONTAINERS_CONF", runtime.toString());
  }
}
