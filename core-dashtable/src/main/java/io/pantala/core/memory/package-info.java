/// Off-heap memory: raw access ([Mem]), the operating system's pages ([OsMemory]) and the allocator
/// of one shard ([ShardMemory]).
///
/// Addresses are plain `long`s, absolute in the process; 0 is never a valid block. All integers in
/// memory are little-endian.
@NullMarked
package io.pantala.core.memory;

import org.jspecify.annotations.NullMarked;
