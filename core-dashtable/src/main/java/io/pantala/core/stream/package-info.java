/// Streams: listpack blocks of entries in a tree by ID, and consumer groups with their pending
/// entries.
@NullMarked
package io.pantala.core.stream;

import org.jspecify.annotations.NullMarked;
