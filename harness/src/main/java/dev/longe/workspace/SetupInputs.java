package dev.longe.workspace;

import dev.longe.core.Loop;
import java.util.List;
import java.util.Optional;

/**
 * The files of a repository that a setup depends on, as its loop names them.
 *
 * @param globs all of these files
 */
public record SetupInputs(List<String> globs) {
  public SetupInputs {
    globs = List.copyOf(globs);
  }

  /** Empty if the setup depends on the whole commit. */
  public static Optional<SetupInputs> of(Loop loop) {
    return Optional.of(loop.setupKey()).filter(k -> !k.isEmpty()).flatMap(k -> of(k, loop));
  }

  /** As {@link #of(Loop)}, with only some of its globs. */
  public static Optional<SetupInputs> of(List<String> globs, Loop loop) {
    return Optional.of(new SetupInputs(globs))
        .filter(inputs -> loop.carry().stream().noneMatch(inputs::mayLeadTo));
  }

  /** Whether a link, or what is not tracked, may be or contain one of the files. */
  boolean mayLeadTo(String path) {
    Globs any = new Globs(globs);
    return any.match(path)
        || any.match(path + "/x")
        || globs.stream()
            .anyMatch(g -> (g.startsWith("/") ? g : "/" + g).startsWith("/" + path + "/"));
  }
}
