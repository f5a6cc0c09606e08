package io.pantala.core.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.pantala.core.dash.KeyHash;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ScarceMemory;
import java.util.random.RandomGenerator;

/// One table for tests, with its members as strings.
final class TestMembers implements AutoCloseable {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  final ScarceMemory scarce = new ScarceMemory();
  final MemberTable table;
  long root;

  private final NativeBuffer text = new NativeBuffer();
  private final NativeBuffer value = new NativeBuffer();

  TestMembers(MemberKind kind) {
    this(kind, Segments.SPLIT_MEMBERS);
  }

  TestMembers(MemberKind kind, int splitMembers) {
    table = new MemberTable(scarce.memory, new KeyHash(77), kind, splitMembers);
    root = table.create(0);
  }

  HashFields fields() {
    return new HashFields(table);
  }

  /// Integers of all lengths, texts that only look like one, short and long texts.
  static String drawMember(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> Integer.toString(random.nextInt(4_000) - 100);
      case 2 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 3 -> "0" + random.nextInt(100);
      case 4 -> LETTERS.repeat(30).substring(0, random.nextInt(600));
      default -> "member:" + random.nextInt(8_000);
    };
  }

  static String drawValue(RandomGenerator random) {
    int length = random.nextInt(10) == 0 ? random.nextInt(700) : random.nextInt(20);
    int from = random.nextInt(LETTERS.length());
    return LETTERS.repeat(30).substring(from, from + length);
  }

  long write(String member) {
    return write(text, member);
  }

  private static long write(NativeBuffer to, String bytes) {
    to.clear();
    to.reserve(1);
    to.append(bytes.getBytes(ISO_8859_1));
    return to.address();
  }

  long find(String member) {
    return table.find(root, write(member), member.length());
  }

  boolean add(String member) {
    return table.add(root, write(member), member.length()) != 0;
  }

  boolean put(String field, String bytes) {
    long at = write(value, bytes);
    return fields().put(root, write(field), field.length(), at, bytes.length());
  }

  boolean remove(String member) {
    return table.remove(root, write(member), member.length());
  }

  String member(long slot) {
    return string(table.memberAddress(slot), table.memberLength(slot));
  }

  String value(long slot) {
    return string(fields().valueAddress(slot), fields().valueLength(slot));
  }

  private static String string(long address, int length) {
    return new String(Mem.toArray(address, length), ISO_8859_1);
  }

  /// Replaces the table by its copy, directly or by an image.
  void becomeCopy(boolean byImage) {
    long copy;
    if (byImage) {
      try (NativeBuffer image = new NativeBuffer()) {
        table.writeImage(root, image);
        copy = table.ofImage(image.address(), image.position());
      }
    } else {
      copy = table.copy(root);
    }
    free();
    root = copy;
  }

  void free() {
    while (!table.freeSlice(root, 100)) {}
  }

  @Override
  public void close() {
    free();
    table.close();
    text.close();
    value.close();
    scarce.close();
  }
}
