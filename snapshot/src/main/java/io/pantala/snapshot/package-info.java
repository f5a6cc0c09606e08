/// RDB and forkless snapshots.
@NullMarked
package io.pantala.snapshot;

import org.jspecify.annotations.NullMarked;
