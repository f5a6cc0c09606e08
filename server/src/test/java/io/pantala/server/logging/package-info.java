@NullMarked
package io.pantala.server.logging;

import org.jspecify.annotations.NullMarked;
