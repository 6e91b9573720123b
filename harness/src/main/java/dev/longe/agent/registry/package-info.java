/** All drivers by name, and the client of the model that answers as a judge. */
@NullMarked
package dev.longe.agent.registry;

import org.jspecify.annotations.NullMarked;
