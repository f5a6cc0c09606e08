/// Large lists: chains of listpack blocks.
@NullMarked
package io.pantala.core.list;

import org.jspecify.annotations.NullMarked;
