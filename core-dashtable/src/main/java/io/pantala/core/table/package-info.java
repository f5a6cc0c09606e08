/// Tables of members, for the large encodings of sets, hashes and sorted sets, whole and off-heap.
///
/// ```text
///  root block          entries: one for each segment      segment: 1 .. ~150 buckets of 64 B
///  +------------+      +--------------+-- ... --+         +----------+-- ... --+----------+
///  | size, salt |----->| segment, n   |         | ------> | bucket 0 |         | bucket n |
///  +------------+      +--------------+-- ... --+         +----------+-- ... --+----------+
///   (a single entry is                                       | 7 fingerprints, 7 slots
///    in the root itself)                                     v
///                                                          block of a member, or an integer
/// ```
///
/// Segments follow *linear hashing* (Litwin, VLDB 1980): they are split one at a time, in order, as
/// the table grows, and merged in the opposite order as it shrinks. Inside a segment members are
/// found by open addressing over buckets with fingerprints; a segment is always just as large as
/// its members need. So no operation does work that grows with the table, and no memory is kept for
/// growth to come.
///
/// [MemberTable] is the way in, [HashFields] what a hash needs beyond it. All state is in off-heap
/// blocks below one root address: a value costs no Java object.
@NullMarked
package io.pantala.core.table;

import org.jspecify.annotations.NullMarked;
