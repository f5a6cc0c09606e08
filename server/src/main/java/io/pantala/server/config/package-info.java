/// What the user can set, and the limits that nobody can.
@NullMarked
package io.pantala.server.config;

import org.jspecify.annotations.NullMarked;
