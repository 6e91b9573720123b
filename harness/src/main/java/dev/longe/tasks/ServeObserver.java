package dev.longe.tasks;

import dev.longe.engine.Engine;

/** Receives what happens while tasks are served. Called by many threads. */
public interface ServeObserver extends Engine.Observer {}
