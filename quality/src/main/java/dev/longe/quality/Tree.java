package dev.longe.quality;

import java.util.Map;
import java.util.Set;

/** The files that are measured together. */
public interface Tree {
  /** A content id for each path. Equal ids mean equal contents. */
  Map<String, String> files();

  /** Opens the contents of some of the files. Close the result after use. */
  Contents contents(Set<String> paths);

  /** Open contents of files. Thread-safe. */
  interface Contents extends AutoCloseable {
    /** The bytes of a file. */
    byte[] read(String path);

    @Override
    void close();
  }
}
