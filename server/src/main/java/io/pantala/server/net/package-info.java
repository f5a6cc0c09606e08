/// Sockets: listening, reading and writing on a shard thread's event loop.
@NullMarked
package io.pantala.server.net;

import org.jspecify.annotations.NullMarked;
