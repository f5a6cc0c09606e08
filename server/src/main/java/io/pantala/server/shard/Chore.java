package io.pantala.server.shard;

/// One kind of upkeep of a shard, cut into small units of work. Owner: the shard's thread.
interface Chore {
  /// Looks, once a beat, whether there is something to do; cheap.
  void onBeat();

  /// Whether there is work left.
  boolean isPending();

  /// What LATENCY calls a unit that took long.
  String event();

  /// Does one unit of the work that is pending: about 100 microseconds at most.
  void step();
}
