/// Real client programs against the server, skipped where they are not installed.
@NullMarked
package io.pantala.server.clients;

import org.jspecify.annotations.NullMarked;
