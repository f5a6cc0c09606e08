/// The hash table of one shard: extendible hashing with fixed segments after *Dash* (Lu et al.,
/// VLDB 2020), whole and off-heap.
///
/// ```text
///  DashTable     directory: trie of 256-way nodes     segment: 1 + 56 + 4 buckets of 128 B
///      |         +-----+-----+-- ... --+-----+        +--------+---------+-- ... -+-------+
///      +-------> |     |     |         |     | -----> | header | regular |        | stash |
///     root       +-----+-----+-- ... --+-----+        +--------+---------+-- ... -+-------+
///                   |                                              |
///                   v child node, 8 more bits                      v 14 fingerprints
///                +-----+-- ... --+                               14 slots ---> record:
///                |     |         |                                             key and value
///                +-----+-- ... --+
/// ```
///
/// Growing splits one segment, shrinking merges two: no operation on a key does work that grows
/// with the table. Layouts are classes of static functions over addresses: [HashBits], [SlotWord],
/// [BucketLayout], [SegmentLayout]; [DashTable] is the only public way in.
@NullMarked
package io.pantala.core.dash;

import org.jspecify.annotations.NullMarked;
