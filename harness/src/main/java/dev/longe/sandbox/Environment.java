package dev.longe.sandbox;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment variables of the harness itself. Child processes get only the variables picked
 * from them.
 */
public record Environment(Map<String, String> all) {
  /**
   * Variables that every program needs: system, network, and the directories of build tools. The
   * address of a proxy may hold a password.
   */
  public static final List<String> BASIC =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "TMPDIR",
          "XDG_CONFIG_HOME",
          "XDG_CACHE_HOME",
          "XDG_DATA_HOME",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS",
          "PIP_CERT",
          "GIT_SSL_CAINFO",
          "JAVA_HOME",
          "MAVEN_HOME",
          "GRADLE_HOME",
          "GRADLE_USER_HOME",
          "GOROOT",
          "GOPATH",
          "GOCACHE",
          "GOMODCACHE",
          "CARGO_HOME",
          "RUSTUP_HOME",
          "NVM_DIR",
          "VOLTA_HOME",
          "PYENV_ROOT",
          "RBENV_ROOT",
          "ASDF_DATA_DIR",
          "SDKMAN_DIR",
          "DOTNET_ROOT",
          "ANDROID_HOME",
          "NPM_CONFIG_CACHE",
          "PIP_CACHE_DIR",
          "UV_CACHE_DIR",
          "POETRY_CACHE_DIR",
          "YARN_CACHE_FOLDER",
          "COURSIER_CACHE",
          "NUGET_PACKAGES",
          "COMPOSER_CACHE_DIR",
          "CCACHE_DIR");

  /** Those of {@link #BASIC} that name the directory of a tool. */
  public static final List<String> TOOL_HOMES =
      List.of(
          "JAVA_HOME",
          "MAVEN_HOME",
          "GRADLE_HOME",
          "GOROOT",
          "RUSTUP_HOME",
          "NVM_DIR",
          "VOLTA_HOME",
          "PYENV_ROOT",
          "RBENV_ROOT",
          "ASDF_DATA_DIR",
          "SDKMAN_DIR",
          "DOTNET_ROOT",
          "ANDROID_HOME");

  /** The others of {@link #BASIC} that speak of programs of this machine. */
  private static final Set<String> OF_MACHINE =
      Set.of("PATH", "SHELL", "TMPDIR", "GOPATH", "CARGO_HOME");

  /** Those of {@link #BASIC} that name files and directories with certificates. */
  private static final List<String> CERTIFICATES =
      List.of(
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS",
          "PIP_CERT",
          "GIT_SSL_CAINFO");

  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]+@");

  /** Variables from which git takes the names, addresses and dates in a commit of the user. */
  private static final List<String> IDENTITY =
      List.of(
          "GIT_AUTHOR_NAME",
          "GIT_AUTHOR_EMAIL",
          "GIT_AUTHOR_DATE",
          "GIT_COMMITTER_NAME",
          "GIT_COMMITTER_EMAIL",
          "GIT_COMMITTER_DATE");

  public Environment {
    all = Map.copyOf(all);
  }

  /**
   * The home directory. A user without {@code HOME} has {@code /nonexistent}, as Debian's system
   * accounts do.
   */
  public Path home() {
    return Path.of(all.getOrDefault("HOME", "/nonexistent"));
  }

  /**
   * Variables for people to read: the values of those with a secret name, and the names and
   * passwords in addresses, are replaced.
   */
  public static Map<String, String> withoutSecrets(Map<String, String> variables) {
    Map<String, String> shown = new TreeMap<>();
    variables.forEach((name, value) ->
        shown.put(
            name,
            Redactor.secret(name)
                ? "[secret]"
                : USER_INFO.matcher(value).replaceAll("//[secret]@")));
    return shown;
  }

  /**
   * The variables of a process that does not see the programs of this machine.
   *
   * @param named those that the user named; they stay
   */
  public static Map<String, String> elsewhere(
      Map<String, String> variables, Collection<String> named) {
    Map<String, String> all = new HashMap<>(variables);
    all.keySet()
        .removeIf(name ->
            (OF_MACHINE.contains(name) || TOOL_HOMES.contains(name)) && !named.contains(name));
    return all;
  }

  /** The files and directories with certificates that variables name. */
  public static List<Path> certificates(Map<String, String> variables) {
    return CERTIFICATES.stream()
        .map(name -> variables.getOrDefault(name, ""))
        .map(Path::of)
        .filter(Path::isAbsolute)
        .toList();
  }

  /** The basic variables. */
  public Map<String, String> basic() {
    return pick(List.of());
  }

  /** The basic variables, and those that say who commits: for commits in the user's own name. */
  public Map<String, String> committing() {
    return pick(IDENTITY);
  }

  /** The basic variables and the named ones; names that are not set are omitted. */
  public Map<String, String> pick(Collection<String> names) {
    Map<String, String> picked = new HashMap<>(all);
    picked.keySet().removeIf(name -> !BASIC.contains(name) && !names.contains(name));
    return Map.copyOf(picked);
  }
}
