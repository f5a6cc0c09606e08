/// The server: connections, commands, wiring.
@NullMarked
package io.pantala.server;

import org.jspecify.annotations.NullMarked;
