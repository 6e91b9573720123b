package dev.longe.core;

/**
 * What a driver can do; the decider chooses no move that needs more.
 *
 * @param resume a later attempt can continue the session
 * @param steer a message can be sent while it works
 * @param cost it reports what it cost
 */
public record Capabilities(boolean resume, boolean steer, boolean cost) {}
