/// Clients that break the protocol, the limits or off in the middle, and threads that look for torn
/// reads. Nothing here asserts a time: deadlines only end a test that hangs.
@NullMarked
package io.pantala.server.abuse;

import org.jspecify.annotations.NullMarked;
