/// The side-by-side runner behind `bench/bin/versus`: the same work for each server, in turns.
///
/// ```
///  VersusCommand ─┬─ Throughput ── rounds (A B, A B, …) of Workloads ── Generator ──┐
///                 ├─ Footprint ─── bytes for each key                               ├─► MarkdownTable
///                 └─ Startup ───── exec to the first PONG                           ┘   and JSON
///          each on RunningServer (a process of ours, measured through Proc)
/// ```
@NullMarked
package io.pantala.bench.versus;

import org.jspecify.annotations.NullMarked;
