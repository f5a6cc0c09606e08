/// One client: its connection from bytes to commands to replies, and what it has told about itself.
@NullMarked
package io.pantala.server.client;

import org.jspecify.annotations.NullMarked;
