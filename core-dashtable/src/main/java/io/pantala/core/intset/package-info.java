/// Intsets: sorted sets of integers in one run of bytes, byte for byte as Redis has them. The small
/// form of a set.
@NullMarked
package io.pantala.core.intset;

import org.jspecify.annotations.NullMarked;
