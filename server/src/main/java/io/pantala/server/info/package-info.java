/// The server's figures: INFO.
@NullMarked
package io.pantala.server.info;

import org.jspecify.annotations.NullMarked;
