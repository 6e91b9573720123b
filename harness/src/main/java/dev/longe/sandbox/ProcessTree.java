package dev.longe.sandbox;

import java.util.stream.Stream;

/** The processes of a started program, and how they end. */
sealed interface ProcessTree {
  /** The lowest exit status of a container's client that says nothing about the container. */
  int UNKNOWN_STATUS = 125;

  /** The processes that work for the program. */
  Stream<ProcessHandle> members(Process process);

  /** Asks them to end. */
  void terminate(Process process);

  /** Kills what can be found now. */
  void kill(Process process);

  /**
   * Ends what is left when the process itself has ended.
   *
   * @param killed whether it was killed
   */
  void finish(Process process, boolean killed);

  /** Only its child processes: one of the harness's own short commands. */
  record Children() implements ProcessTree {
    @Override
    public Stream<ProcessHandle> members(Process process) {
      return process.descendants();
    }

    @Override
    public void terminate(Process process) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }

    @Override
    public void kill(Process process) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    @Override
    public void finish(Process process, boolean killed) {}
  }

  /** Where there are no namespaces: its children, and all that carry its mark. */
  record Marked(String run) implements ProcessTree {
    private static final Children CHILDREN = new Children();

    @Override
    public Stream<ProcessHandle> members(Process process) {
      return CHILDREN.members(process);
    }

    @Override
    public void terminate(Process process) {
      CHILDREN.terminate(process);
    }

    @Override
    public void kill(Process process) {
      CHILDREN.kill(process);
    }

    @Override
    public void finish(Process process, boolean killed) {
      int _ = Orphans.killTree(run);
    }
  }

  /** A pid namespace. */
  record Namespace(String run) implements ProcessTree {
    @Override
    public Stream<ProcessHandle> members(Process process) {
      return process.descendants();
    }

    @Override
    public void terminate(Process process) {
      process.descendants().forEach(ProcessHandle::destroy);
    }

    /** The child is the namespace's first process. The kernel ends all others before it ends. */
    @Override
    public void kill(Process process) {
      process.children().forEach(ProcessHandle::destroyForcibly);
      if (process.children().findAny().isEmpty()) {
        process.destroyForcibly();
      }
    }

    /** A namespace whose first process was only being started when its parent was killed lives. */
    @Override
    public void finish(Process process, boolean killed) {
      if (killed) {
        int _ = Orphans.killTree(run);
      }
    }
  }

  /** A container. Its processes are no descendants of the client that asked for it. */
  record Contained(String run, ContainerRecords.Entry entry) implements ProcessTree {
    @Override
    public Stream<ProcessHandle> members(Process process) {
      return Orphans.tree(run).stream();
    }

    @Override
    public void terminate(Process process) {
      Orphans.tree(run).forEach(ProcessHandle::destroy);
    }

    @Override
    public void kill(Process process) {
      new Children().kill(process);
    }

    @Override
    public void finish(Process process, boolean killed) {
      if (killed || process.exitValue() >= UNKNOWN_STATUS) {
        entry.remove();
      } else {
        entry.forget();
      }
    }
  }
}
