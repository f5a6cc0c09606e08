/// Numbers as text, read from and written to native addresses, exactly as Redis 7.0 reads and
/// prints them: 64-bit integers ([IntText]), doubles ([DoubleText]) and the x86 long double of
/// INCRBYFLOAT ([LongDouble]).
///
/// Nothing here has state; any thread may call it on memory it owns.
@NullMarked
package io.pantala.core.text;

import org.jspecify.annotations.NullMarked;
