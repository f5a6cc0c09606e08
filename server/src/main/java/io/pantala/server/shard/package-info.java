/// One shard: its thread, its data, and the ways a command reaches it.
@NullMarked
package io.pantala.server.shard;

import org.jspecify.annotations.NullMarked;
