package dev.longe.core;

/**
 * What a driver supports. The decider chooses only moves that the driver supports.
 *
 * @param resume a later attempt can continue the session
 * @param steer a message can be sent while it works
 * @param cost the driver reports the cost
 */
public record Capabilities(boolean resume, boolean steer, boolean cost) {}
