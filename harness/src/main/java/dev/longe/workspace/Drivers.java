package dev.longe.workspace;

import dev.longe.core.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs that a repository's configuration and the user's let git run on content: filters and
 * merge drivers. Attributes select them by name, and a candidate can change attributes.
 *
 * @param filters settings of filters, for example {@code filter.lfs.smudge}
 * @param merges settings of merge drivers, for example {@code merge.npm.driver}
 */
record Drivers(List<String> filters, List<String> merges) {
  Drivers {
    filters = List.copyOf(filters);
    merges = List.copyOf(merges);
  }

  /**
   * Reads the configuration.
   *
   * @throws Fault if the repository is a partial clone
   */
  static Drivers of(Git git) {
    String names =
        git.ask(
                "config",
                "-z",
                "--name-only",
                "--get-regexp",
                "^(remote\\..*\\.promisor|filter\\..*\\.(clean|smudge|process|required)"
                    + "|merge\\..*\\.driver)$")
            .output();
    List<String> filters = new ArrayList<>();
    List<String> merges = new ArrayList<>();
    for (String name : names.split("\0")) {
      if (name.startsWith("remote.")) {
        throw new Fault(
            "The repository is a partial clone and does not have all objects; run «git fetch"
                + " --refetch --no-filter».");
      }
      if (name.startsWith("filter.")) {
        filters.add(name);
      } else if (name.startsWith("merge.")) {
        merges.add(name);
      }
    }
    return new Drivers(filters, merges);
  }

  /** Commands that run neither a filter nor a merge driver. */
  Git without(Git git) {
    Map<String, String> settings = mergesRefused();
    for (String name : filters) {
      settings.put(name, name.endsWith(".required") ? "false" : "");
    }
    return git.configured(settings);
  }

  /**
   * Commands that run no merge driver. Filters stay: they make the files of the user's own work
   * tree.
   */
  Git withoutMerge(Git git) {
    return git.configured(mergesRefused());
  }

  /** A merge driver that says "conflict": a file that needs the user's driver is not merged. */
  private Map<String, String> mergesRefused() {
    Map<String, String> settings = new LinkedHashMap<>();
    merges.forEach(name -> settings.put(name, "false"));
    return settings;
  }
}
