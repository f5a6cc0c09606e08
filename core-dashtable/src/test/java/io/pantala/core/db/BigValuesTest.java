package io.pantala.core.db;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pantala.core.dash.DashTable;
import io.pantala.core.dash.KeyHash;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.MemoryExhausted;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.NativeMemoryCheck;
import io.pantala.core.memory.ScarceMemory;
import io.pantala.core.record.CollectionEncoding;
import io.pantala.core.record.RecordLayout;
import io.pantala.core.record.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Values of many blocks, and values of bytes of other types than string, on records.
@ExtendWith(NativeMemoryCheck.class)
final class BigValuesTest {
  private static final int KIND = ValueType.kind(ValueType.LIST, CollectionEncoding.BLOCKS);
  private static final int SMALL_KIND = ValueType.kind(ValueType.LIST, CollectionEncoding.LISTPACK);
  private static final int MANY = 1_000;

  private final KeyHash hash = new KeyHash(1);
  private long nowMs = 1_000_000;
  private final ShardClock clock = new ShardClock(() -> nowMs);
  private final NativeBuffer text = new NativeBuffer();
  private final NativeBuffer image = new NativeBuffer();
  private ScarceMemory scarce;
  private BigValues values;
  private NumberChain chains;
  private Database db;

  @BeforeEach
  void open() {
    scarce = new ScarceMemory();
    values = new BigValues(scarce.memory);
    chains = new NumberChain(scarce.memory);
    values.add(KIND, chains);
    db = new Database(values, hash, clock, new KeyspaceStats(), new Uniques(1, 1));
  }

  @AfterEach
  void close() {
    scarce.relax();
    db.close();
    values.freeing().finish();
    scarce.close();
    text.close();
    image.close();
  }

  @Test
  void isFreedInSlices() {
    put("k", MANY, Database.NO_DEADLINE);
    assertThat(db.bytes(record("k"))).isEqualTo(scarce.memory.used() - db.table().bytes());
    long before = scarce.memory.used();
    db.delete(hashOf("k"), slot("k"));
    assertThat(values.freeing().isPending()).isTrue();
    assertThat(before - scarce.memory.used()).isLessThan(40L * NumberChain.BLOCK_BYTES);
    put("other", MANY, Database.NO_DEADLINE);
    db.delete(hashOf("other"), slot("other"));
    int steps = 0;
    while (values.freeing().isPending()) {
      values.freeing().step(100);
      steps++;
    }
    assertThat(steps).isBetween(20, 22);
    assertThat(scarce.memory.used()).isEqualTo(db.table().bytes());
  }

  @Test
  void aSmallOneIsFreedAtOnce() {
    put("k", ValueFreeing.AT_ONCE_BLOCKS - 1, Database.NO_DEADLINE);
    db.delete(hashOf("k"), slot("k"));
    assertThat(values.freeing().isPending()).isFalse();
  }

  @Test
  void staysThroughDeadlinesRenamesAndMoves() {
    put("k", MANY, Database.NO_DEADLINE);
    db.setDeadline(hashOf("k"), slot("k"), nowMs + 1);
    long at = write("kother");
    db.rename(hashOf("k"), at, 1, hashOf("other"), at + 1, 5);
    assertThat(NumberChain.check(RecordLayout.root(record("other")))).isEqualTo(MANY);
    try (Database second =
        new Database(values, hash, clock, new KeyspaceStats(), new Uniques(1, 1))) {
      db.moveTo(second, hashOf("other"), slot("other"));
      assertThat(db.size()).isZero();
      assertThat(second.size()).isEqualTo(1);
    }
    assertThat(values.freeing().isPending()).isTrue();
  }

  @Test
  void expires() {
    put("k", MANY, nowMs + 1);
    nowMs++;
    clock.refresh();
    assertThat(slot("k")).isZero();
    assertThat(values.freeing().isPending()).isTrue();
  }

  @Test
  void copiesAreWhole() {
    put("k", MANY, nowMs + 5);
    db.putCopy(record("k"), hashOf("copy"), write("copy"), 4);
    db.writeImage(record("k"), image);
    db.delete(hashOf("k"), slot("k"));
    db.putCopy(image.address(), hashOf("far"), write("far"), 3);
    for (String key : new String[] {"copy", "far"}) {
      assertThat(NumberChain.check(RecordLayout.root(record(key)))).isEqualTo(MANY);
      assertThat(RecordLayout.deadline(record(key))).isEqualTo(nowMs + 5);
      assertThat(RecordLayout.has(record(key), RecordLayout.EXTERNAL)).isFalse();
    }
  }

  @Test
  void aCopyWithoutMemoryLeavesNothing() {
    put("k", MANY, Database.NO_DEADLINE);
    put("target", 3, Database.NO_DEADLINE);
    scarce.exhaust(NumberChain.BLOCK_BYTES, MANY / 2);
    long used = scarce.memory.used();
    assertThatThrownBy(() -> db.putCopy(record("k"), hashOf("target"), write("target"), 6))
        .isInstanceOf(MemoryExhausted.class);
    assertThat(scarce.memory.used()).isEqualTo(used);
    assertThat(NumberChain.check(RecordLayout.root(record("target")))).isEqualTo(3);
  }

  @Test
  void bytesGrowShrinkAndBecomeARootAndBack() {
    String small = "a listpack";
    long at =
        db.putValue(
            hashOf("k"), 0, write("k"), 1, SMALL_KIND, small.length(), Database.NO_DEADLINE);
    Mem.copyIn(small.getBytes(ISO_8859_1), 0, at, small.length());
    for (int bytes : new int[] {11, 500, 3_000, 10_000, 2_048, 60}) {
      db.resizeValue(hashOf("k"), slot("k"), bytes);
      assertThat(RecordLayout.valueLength(record("k"))).isEqualTo(bytes);
      assertThat(RecordLayout.kind(record("k"))).isEqualTo(SMALL_KIND);
      assertThat(content("k", small.length())).isEqualTo(small);
    }
    scarce.exhaust(16, 0);
    db.trimValue(hashOf("k"), slot("k"), small.length());
    assertThat(content("k", small.length())).isEqualTo(small);
    scarce.relax();
    db.convertToRoot(hashOf("k"), slot("k"), CollectionEncoding.BLOCKS, chains.of(MANY));
    assertThat(NumberChain.check(RecordLayout.root(record("k")))).isEqualTo(MANY);
    db.convertToBytes(hashOf("k"), slot("k"), CollectionEncoding.LISTPACK, 3);
    assertThat(RecordLayout.valueLength(record("k"))).isEqualTo(3);
    assertThat(values.freeing().isPending()).isTrue();
  }

  @Test
  void compactionMovesTheBlocks() {
    int count = 40;
    for (int i = 0; i < count; i++) {
      put("k" + i, MANY, Database.NO_DEADLINE);
    }
    for (int i = 0; i < count; i++) {
      String key = "k" + i;
      if (i % 8 != 0) {
        db.delete(hashOf(key), slot(key));
      }
    }
    values.freeing().finish();
    long mapped = scarce.memory.mapped();
    for (int pass = 0; pass < 4; pass++) {
      long cursor = 0;
      do {
        cursor = db.compactPass(cursor, 100);
        if (pass == 1 && cursor != 0 && slot("k8") != 0) {
          db.delete(hashOf("k8"), slot("k8"));
        }
      } while (cursor != 0);
    }
    assertThat(scarce.memory.mapped()).isLessThanOrEqualTo(mapped);
    for (int i = 0; i < count; i += 8) {
      if (i != 8) {
        assertThat(NumberChain.check(RecordLayout.root(record("k" + i)))).isEqualTo(MANY);
      }
    }
  }

  private void put(String key, long n, long deadline) {
    long root = chains.of(n);
    db.putRoot(hashOf(key), slot(key), write(key), key.length(), KIND, root, deadline);
  }

  private String content(String key, int bytes) {
    return new String(Mem.toArray(RecordLayout.valueAddress(record(key)), bytes), ISO_8859_1);
  }

  private long record(String key) {
    return DashTable.record(slot(key));
  }

  private long slot(String key) {
    return db.find(hashOf(key), write(key), key.length());
  }

  private long hashOf(String key) {
    try (NativeBuffer own = new NativeBuffer()) {
      own.append(key.getBytes(ISO_8859_1));
      return hash.of(own.address(), key.length());
    }
  }

  private long write(String key) {
    text.clear();
    text.append(key.getBytes(ISO_8859_1));
    return text.address();
  }
}
