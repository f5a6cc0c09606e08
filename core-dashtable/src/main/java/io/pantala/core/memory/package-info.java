/// Off-heap memory: raw access ([Mem]), the operating system's pages ([OsMemory]), the allocator of
/// one shard ([ShardMemory]) and the buffers that travel between threads ([NativeBuffer]).
///
/// ```text
///  ShardMemory ──► SlabMemory   ≤ 32 KB ──► SlabLists (which slab) · SlabChunks (which chunk)
///              ├─► PageRuns     ≤ 1 MB
///              └─► OwnMappings  more
///                     └─► ShardPages ──► ChunkReserve (shared by shards) ──► OsMemory
/// ```
///
/// Addresses are plain `long`s, absolute in the process; 0 is never a valid block. All integers in
/// memory are little-endian.
@NullMarked
package io.pantala.core.memory;

import org.jspecify.annotations.NullMarked;
