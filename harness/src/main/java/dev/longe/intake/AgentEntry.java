package dev.longe.intake;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One agent as {@code agents.yaml} describes it, or a driver as it is by itself.
 *
 * @param name what a loop calls it
 * @param driver which protocol it speaks; one of {@link ShortForms#AGENTS}
 * @param command its program, where that is not the driver's own
 * @param arguments put before the driver's own
 * @param env names of variables that it gets besides the driver's own
 * @param quotaAccount whose quota it draws on ({@code account} in the file); agents of one account
 *     share the knowledge that it is used up, and its slots
 * @param slots attempts at once of all agents of its quota account; where several of them say a
 *     number, the least holds
 * @param model where the loop names none
 * @param deny kinds of tool calls that are refused when it asks for permission (only {@code acp})
 * @param endpoint where its model is (only {@code model})
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
   * A model's address.
   *
   * @param api which protocol it speaks; empty where the model's name says it
   * @param url empty for the provider's own
   * @param key name of the variable that holds the key; empty for the provider's usual one
   * @param context tokens that the model can hold; a session is given up before they are full
   * @param turns answers of the model in one attempt
   */
  public record Endpoint(
      Optional<Api> api, Optional<String> url, Optional<String> key, long context, int turns) {
    /**
     * 200,000 tokens: what the large hosted models hold at least. 200 turns: own choice, above what
     * long sessions of other agents take.
     */
    public static final Endpoint DEFAULT =
        new Endpoint(Optional.empty(), Optional.empty(), Optional.empty(), 200_000, 200);
  }

  /** The protocols that the driver {@code model} speaks. */
  public enum Api {
    ANTHROPIC,
    OPENAI
  }

  /** A driver that nothing was said about. */
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
