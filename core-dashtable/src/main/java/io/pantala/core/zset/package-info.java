/// Large sorted sets: a B+ tree by score and member, and a table from member to score, off-heap and
/// with one root.
///
/// ```text
///  root block         ScoreTree: inner nodes with      leaves, linked both ways
///  +------------+     the count of each subtree        +--------+   +--------+
///  | table      |     +-------+                        | scores |<->| scores |<-> ...
///  | tree       |---->|       |----------------------> | blocks |   | blocks |
///  +------------+     +-------+                        +--------+   +--------+
///      |                                                 |
///      |              MemberTable                        v
///      +------------> +-------+                        +-------+----------------+
///                     | slots |----------------------> | score | member's text  |
///                     +-------+                        +-------+----------------+
/// ```
///
/// Tree and table share the members' blocks. [SortedSet] is the way in.
@NullMarked
package io.pantala.core.zset;

import org.jspecify.annotations.NullMarked;
