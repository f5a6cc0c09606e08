package io.pantala.core.memory;

/// Which slab of a class serves the next allocation: the fullest one, so that sparse slabs drain
/// and become empty. Owner: the thread of the [ShardMemory].
///
/// A slab is in one of these places, which its `list` field names:
/// - *current*: the slab that serves its class, until it is full or has lost an eighth of its
///   capacity;
/// - one of four *bins* by fullness, when it has room;
/// - *nearly full*: less than 1/32 of its blocks is free. It serves only when there is no other
///   memory: else each allocation of a full store would change the slab;
/// - *unlisted*: full, or in a chunk that drains.
final class SlabLists {
  static final int BINS = 4;
  static final int NEARLY_FULL = BINS;
  static final int UNLISTED = BINS + 1;
  static final int CURRENT = BINS + 2;

  private static final int LISTS = BINS + 1;

  private static final int NEARLY_FULL_SHIFT = 5;
  private static final int CURRENT_SLACK_SHIFT = 3;

  private final long[] current = new long[SizeClasses.COUNT];
  private final NodeLists lists = new NodeLists(SizeClasses.COUNT * LISTS);

  /// The slab that serves the class, or 0.
  long current(int sizeClass) {
    return current[sizeClass];
  }

  /// The slab that the next allocation of the class uses or at least looks at first, or 0.
  long next(int sizeClass) {
    return current[sizeClass] != 0 ? current[sizeClass] : fullest(sizeClass);
  }

  /// Makes the fullest slab with room the current one; 0 when there is none. A current slab that is
  /// full leaves its place.
  long pick(int sizeClass) {
    if (current[sizeClass] != 0) {
      relist(current[sizeClass]);
    }
    long slab = fullest(sizeClass);
    if (slab != 0) {
      makeCurrent(slab);
    }
    return slab;
  }

  /// The last resort: makes a nearly full slab the current one; 0 when there is none.
  long pickNearlyFull(int sizeClass) {
    long slab = lists.first(sizeClass * LISTS + NEARLY_FULL);
    if (slab != 0) {
      makeCurrent(slab);
    }
    return slab;
  }

  void makeCurrent(long slab) {
    withdraw(slab);
    raiseFloor(slab);
    SlabLayout.setList(slab, CURRENT);
    current[SlabLayout.sizeClass(slab)] = slab;
  }

  /// Tells a current slab that it grew: it loses its place when it falls an eighth of its capacity
  /// below what is used now.
  void raiseFloor(long slab) {
    int slack = Math.max(1, SlabLayout.capacity(slab) >> CURRENT_SLACK_SHIFT);
    SlabLayout.setFloor(slab, Math.max(1, SlabLayout.used(slab) - slack));
  }

  /// Puts the slab where its number of used blocks says; it is then not the current one.
  void relist(long slab) {
    withdraw(slab);
    int capacity = SlabLayout.capacity(slab);
    int used = SlabLayout.used(slab);
    if (used == capacity) {
      SlabLayout.setFloor(slab, capacity);
      return;
    }
    int enough = capacity - Math.max(1, capacity >> NEARLY_FULL_SHIFT);
    int list = used > enough ? NEARLY_FULL : bin(slab);
    SlabLayout.setFloor(slab, used > enough ? enough + 1 : Math.max(1, binFloor(list, capacity)));
    SlabLayout.setList(slab, list);
    lists.push(listOf(slab, list), slab);
  }

  /// Takes the slab out of its place: it serves no allocation, and its next event is being empty.
  void withdraw(long slab) {
    int list = SlabLayout.list(slab);
    if (list == CURRENT) {
      current[SlabLayout.sizeClass(slab)] = 0;
    } else if (list != UNLISTED) {
      lists.remove(listOf(slab, list), slab);
    }
    SlabLayout.setList(slab, UNLISTED);
    SlabLayout.setFloor(slab, 1);
  }

  private long fullest(int sizeClass) {
    for (int bin = BINS - 1; bin >= 0; bin--) {
      long slab = lists.first(sizeClass * LISTS + bin);
      if (slab != 0) {
        return slab;
      }
    }
    return 0;
  }

  private static int listOf(long slab, int list) {
    return SlabLayout.sizeClass(slab) * LISTS + list;
  }

  private static int bin(long slab) {
    return SlabLayout.used(slab) * BINS / (SlabLayout.capacity(slab) + 1);
  }

  /// The least number of used blocks in this bin.
  private static int binFloor(int bin, int capacity) {
    return (bin * (capacity + 1) + BINS - 1) / BINS;
  }
}
