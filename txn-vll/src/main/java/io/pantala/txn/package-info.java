/// Transactions over shards: VLL (Ren, Thomson, Abadi: *VLL: a lock manager redesign for main
/// memory database systems*, VLDB Journal 2015; first at VLDB 2013).
///
/// A shard has one owner thread. Threads talk only by [ShardMessage], put into a [Mailbox]. A
/// [Transaction] claims keys on its shards and then visits them in hops; it is a state machine on
/// its coordinator's thread and never blocks one. The argument why this is strictly serializable is
/// in `docs/transactions.md`.
@NullMarked
package io.pantala.txn;

import org.jspecify.annotations.NullMarked;
