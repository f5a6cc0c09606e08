/// Journal and replication.
@NullMarked
package io.pantala.replication;

import org.jspecify.annotations.NullMarked;
