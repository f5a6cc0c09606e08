/// VLL transactions over shards.
@NullMarked
package io.pantala.txn;

import org.jspecify.annotations.NullMarked;
