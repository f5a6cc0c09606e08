package io.pantala.core.zset;

import io.pantala.core.dash.KeyHash;
import io.pantala.core.memory.ChunkReserve;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryUse;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.table.HashFields;
import io.pantala.core.table.MemberKind;
import io.pantala.core.table.MemberTable;
import io.pantala.core.text.IntText;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/// Prints what large sets, hashes and sorted sets cost; run by hand, asserts nothing. Argument:
/// number of members.
final class CollectionFigures {
  private static final long ODD = 0x9e3779b97f4a7c15L;
  private static final int MEMBER_BYTES = 10;
  private static final int VALUE_BYTES = 16;

  private final ShardMemory memory = new ShardMemory(new ChunkReserve());
  private final KeyHash hash = new KeyHash(12345);
  private final long text = memory.allocate(64, MemoryUse.RECORD);
  private final int members;
  private final boolean print;

  private CollectionFigures(int members, boolean print) {
    this.members = members;
    this.print = print;
  }

  public static void main(String[] args) {
    int members = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    // First small ones for the compiler.
    for (int i = 0; i < 3; i++) {
      new CollectionFigures(200_000, false).measure();
    }
    new CollectionFigures(members, true).measure();
  }

  private void measure() {
    set("set of 10-byte strings", false);
    set("set of random integers", true);
    hash();
    sortedSet("sorted set, random scores", false);
    sortedSet("sorted set, rising scores", true);
    memory.close();
  }

  private void set(String what, boolean integers) {
    MemberTable table = new MemberTable(memory, hash, MemberKind.SET);
    long root = table.create(0);
    LongPredicate add =
        i -> table.add(root, text, integers ? writeInteger(i) : writeMember(i)) != 0;
    LongPredicate remove =
        i -> table.remove(root, text, integers ? writeInteger(i) : writeMember(i));
    slowest(what + ": add", add);
    slowest(what + ": remove", remove);
    each(what + ": add", add);
    each(
        what + ": find",
        i -> table.find(root, text, integers ? writeInteger(i) : writeMember(i)) != 0);
    SplittableRandom random = new SplittableRandom(1);
    each(what + ": random", i -> table.random(root, random) != 0);
    line(what + ": bytes in all", (double) table.bytes(root) / members);
    long[] shown = new long[1];
    long start = cpuNs();
    long cursor = 0;
    do {
      cursor = table.scan(root, cursor, slot -> shown[0] += table.memberLength(slot));
    } while (cursor != 0);
    line(what + ": scan, ns a member", (double) (cpuNs() - start) / members);
    each(what + ": remove", remove);
    while (!table.freeSlice(root, 1_000)) {}
    table.close();
  }

  private void hash() {
    MemberTable table = new MemberTable(memory, hash, MemberKind.FIELD);
    HashFields fields = new HashFields(table);
    long root = table.create(0);
    long value = text + 32;
    String what = "hash of 16-byte fields and values";
    LongPredicate put = i -> fields.put(root, text, writeField(i), value, VALUE_BYTES);
    slowest(what + ": put", put);
    slowest(what + ": remove", i -> table.remove(root, text, writeField(i)));
    each(what + ": put", put);
    each(what + ": get", i -> table.find(root, text, writeField(i)) != 0);
    each(what + ": put again", i -> !fields.put(root, text, writeField(i), value, VALUE_BYTES));
    line(what + ": bytes in all", (double) table.bytes(root) / members);
    long start = cpuNs();
    long slowest = 0;
    boolean done = false;
    while (!done) {
      long from = cpuNs();
      done = table.freeSlice(root, 1_000);
      slowest = Math.max(slowest, cpuNs() - from);
    }
    line(what + ": free in slices, ns a member", (double) (cpuNs() - start) / members);
    line(what + ": slowest slice, us", slowest / 1e3);
    table.close();
  }

  private void sortedSet(String what, boolean rising) {
    SortedSet sets = new SortedSet(memory, hash);
    long root = sets.create(0);
    SplittableRandom random = new SplittableRandom(1);
    LongPredicate add =
        i -> {
          sets.add(root, rising ? (double) i : random.nextInt(), text, writeMember(i));
          return true;
        };
    slowest(what + ": add", add);
    slowest(what + ": remove", i -> sets.remove(root, text, writeMember(i)));
    each(what + ": add", add);
    each(what + ": score", i -> sets.find(root, text, writeMember(i)) != 0);
    each(what + ": rank", i -> sets.rank(root, sets.find(root, text, writeMember(i))) < members);
    ScoreCursor cursor = new ScoreCursor();
    each(
        what + ": seek by score, 10 entries",
        i -> {
          double score = rising ? random.nextInt(members) : random.nextInt();
          sets.seek(root, sets.countBelow(root, score, false), cursor);
          for (int j = 0; j < 10 && !cursor.isAtEnd(); j++) {
            cursor.next();
          }
          return true;
        });
    line(what + ": bytes in all", (double) sets.bytes(root) / members);
    each(
        what + ": another score",
        i -> {
          long block = sets.find(root, text, writeMember(i));
          sets.setScore(root, block, ScoredMember.score(block) + (rising ? 0.5 : 1e6));
          return true;
        });
    each(what + ": remove", i -> sets.remove(root, text, writeMember(i)));
    while (!sets.freeSlice(root, 1_000)) {}
    sets.close();
  }

  private int writeMember(long number) {
    Mem.putLong(text, number * ODD);
    Mem.putShort(text + 8, (short) number);
    Mem.putByte(text, 'm');
    return MEMBER_BYTES;
  }

  private int writeField(long number) {
    Mem.putLong(text, number * ODD);
    Mem.putLong(text + 8, number);
    return VALUE_BYTES;
  }

  private int writeInteger(long number) {
    return IntText.write(text, (number * ODD) >>> 33);
  }

  /// Runs `step` once for each number below `members` and prints its time.
  private void each(String what, LongPredicate step) {
    int held = 0;
    long start = cpuNs();
    for (int i = 0; i < members; i++) {
      held += step.test(i) ? 1 : 0;
    }
    line(what + ", ns", (double) (cpuNs() - start) / members);
    check(what, held);
  }

  private void check(String what, int held) {
    if (held < members * 0.99) {
      throw new AssertionError(what + ": " + held);
    }
  }

  /// Runs `step` once for each number below `members` and prints the longest time it took.
  private void slowest(String what, LongPredicate step) {
    long worst = 0;
    int held = 0;
    for (int i = 0; i < members; i++) {
      long from = cpuNs();
      held += step.test(i) ? 1 : 0;
      worst = Math.max(worst, cpuNs() - from);
    }
    line(what + ", slowest, us", worst / 1e3);
    check(what, held);
  }

  private void line(String what, double figure) {
    if (print) {
      System.out.printf(Locale.ROOT, "%-60s %10.2f%n", what, figure);
    }
  }

  /// Processor time: other work on the machine must not count.
  private static long cpuNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
