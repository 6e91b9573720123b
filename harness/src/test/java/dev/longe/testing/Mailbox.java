package dev.longe.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What agents and setups tell a test, and what they wait for, over the loopback interface. It works
 * in each mode of confinement: a confined process can't write a file that the test can read. Checks
 * have no network; what they say is in their receipts. Register it as an extension; it is closed
 * after each test. Safe for use by many threads.
 */
public final class Mailbox implements AfterEachCallback {
  private final ServerSocket server;
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Set<String> allowed = new HashSet<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  public Mailbox() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** A command for a shell that adds its standard input to the text with this name. */
  public String put(String name) {
    return request("put " + name + " $(base64 -w0)");
  }

  /** A command for a shell that ends when the test allows it by {@link #allow}. */
  public String await(String name) {
    return request("await " + name);
  }

  /** A command for a shell that fails until the test allows it by {@link #allow}. */
  public String ask(String name) {
    return request("ask " + name);
  }

  /** It ends with success only if the test has answered. */
  private String request(String line) {
    return "bash -c 'exec 3<>/dev/tcp/127.0.0.1/%d; echo \"%s\" >&3; read -r _ <&3'"
        .formatted(server.getLocalPort(), line);
  }

  /** Whether a text with this name has come. */
  public boolean has(String name) {
    return texts.containsKey(name);
  }

  /**
   * All that has come under a name.
   *
   * @throws AssertionError if nothing has
   */
  public String text(String name) {
    if (!has(name)) {
      throw new AssertionError("no text «" + name + "» has come, only " + texts.keySet());
    }
    return texts.getOrDefault(name, "");
  }

  /** Ends each {@link #await} of this name, and lets each {@link #ask} succeed, also later ones. */
  public synchronized void allow(String name) {
    allowed.add(name);
    notifyAll();
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException e) {
        return; // it was closed
      }
    }
  }

  private void answer(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String[] words = String.valueOf(in.readLine()).split(" ", 3);
      switch (words[0]) {
        case "put" -> texts.merge(words[1], decoded(words[2]), String::concat);
        case "await" -> untilAllowed(words[1]);
        case "ask" -> {
          if (!isAllowed(words[1])) {
            return;
          }
        }
        default -> throw new AssertionError("not a request: " + words[0]);
      }
      socket.getOutputStream().write('\n');
    } catch (IOException e) {
      return; // the process has ended
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private synchronized boolean isAllowed(String name) {
    return allowed.contains(name);
  }

  private synchronized void untilAllowed(String name) throws InterruptedException {
    while (!allowed.contains(name) && !server.isClosed()) {
      wait();
    }
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void afterEach(ExtensionContext test) {
    try {
      server.close();
      for (Socket socket : Set.copyOf(open)) {
        socket.close();
      }
      notifyAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
