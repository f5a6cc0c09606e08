/// Listpacks: sequences of strings and integers in one run of bytes, byte for byte as Redis has
/// them. The small form of lists, hashes and sorted sets, and the blocks of large lists and
/// streams.
@NullMarked
package io.pantala.core.listpack;

import org.jspecify.annotations.NullMarked;
