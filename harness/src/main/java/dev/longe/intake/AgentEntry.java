package dev.longe.intake;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One agent as configured in {@code agents.yaml}, or a driver with its default configuration.
 *
 * @param name the name that a loop uses
 * @param driver the driver, which defines the protocol; one of {@link ShortForms#AGENTS}
 * @param command its program; empty for the driver's default
 * @param arguments arguments placed before those of the driver
 * @param env names of environment variables that it gets in addition to those of the driver
 * @param quotaAccount the account whose quota it uses ({@code account} in the file); agents of one
 *     account share its slots and the state of its quota
 * @param slots maximum number of concurrent attempts of all agents of its quota account; if several
 *     agents set it, the smallest applies
 * @param model the model to use if the loop names none
 * @param deny kinds of tool calls that are refused when it asks for permission (only {@code acp})
 * @param endpoint the address of its model (only {@code model})
 */
public record AgentEntry(
    String name,
    String driver,
    Optional<String> command,
    List<String> arguments,
    List<String> env,
    String quotaAccount,
    Optional<Integer> slots,
    Optional<String> model,
    Set<String> deny,
    Endpoint endpoint) {

  public AgentEntry {
    arguments = List.copyOf(arguments);
    env = List.copyOf(env);
    deny = Set.copyOf(deny);
  }

  /**
   * The address of a model, and its limits.
   *
   * @param api the protocol; empty if the name of the model determines it
   * @param url the base URL; empty for that of the provider
   * @param key name of the environment variable that holds the key; empty for the usual one of the
   *     provider
   * @param context size of the model's context in tokens; a session ends before the context is full
   * @param turns maximum number of model answers in one attempt
   */
  public record Endpoint(
      Optional<Api> api, Optional<String> url, Optional<String> key, long context, int turns) {
    /**
     * 200,000 tokens: the minimum context of the large hosted models. 200 turns: own choice, more
     * than long sessions of other agents take.
     */
    public static final Endpoint DEFAULT =
        new Endpoint(Optional.empty(), Optional.empty(), Optional.empty(), 200_000, 200);
  }

  /** The protocols that the driver {@code model} speaks. */
  public enum Api {
    ANTHROPIC,
    OPENAI
  }

  /** The default configuration of a driver. */
  public static AgentEntry of(String driver) {
    return new AgentEntry(
        driver,
        driver,
        Optional.empty(),
        List.of(),
        List.of(),
        driver,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Endpoint.DEFAULT);
  }
}
