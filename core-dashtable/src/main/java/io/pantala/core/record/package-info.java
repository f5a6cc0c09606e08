/// The record: one off-heap block that holds a key, its deadline and its value, and the encodings
/// of string values.
@NullMarked
package io.pantala.core.record;

import org.jspecify.annotations.NullMarked;
