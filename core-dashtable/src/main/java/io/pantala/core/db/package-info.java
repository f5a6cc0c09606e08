/// The keyspace of a shard: numbered databases over Dash tables, their records, deadlines and
/// string values.
@NullMarked
package io.pantala.core.db;

import org.jspecify.annotations.NullMarked;
