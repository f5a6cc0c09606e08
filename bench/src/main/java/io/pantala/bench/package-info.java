/// Measuring Pantala beside its peers.
@NullMarked
package io.pantala.bench;

import org.jspecify.annotations.NullMarked;
