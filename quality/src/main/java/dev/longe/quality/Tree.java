package dev.longe.quality;

import java.util.Map;
import java.util.Set;

/** The files that are measured together. */
public interface Tree {
  /** A name of its content for each path: equal names are equal content. */
  Map<String, String> files();

  /** Gives access to the content of some of its files. */
  Contents contents(Set<String> paths);

  /** Files while they can be read; by many threads at once. */
  interface Contents extends AutoCloseable {
    /** The bytes of a file. */
    byte[] read(String path);

    @Override
    void close();
  }
}
