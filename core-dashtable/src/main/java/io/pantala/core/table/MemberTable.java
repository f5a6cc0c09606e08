package io.pantala.core.table;

import io.pantala.core.dash.KeyHash;
import io.pantala.core.db.BigValue;
import io.pantala.core.memory.Mem;
import io.pantala.core.memory.NativeBuffer;
import io.pantala.core.memory.ShardMemory;
import io.pantala.core.text.IntText;
import java.util.random.RandomGenerator;

/// All tables of members of one kind in a shard; a table is named by its root address. Owner: the
/// thread of `memory`.
///
/// A *slot* is the address of the word that stands for a member; it is valid until the table is
/// changed by anything but [#setDeadline]. Members of a set that are integers (63 bits) live in
/// their slot, without a block; what is shown of them is written to one buffer, so [#memberAddress]
/// of such a slot is valid until the next one is asked for.
///
/// A deadline says when a member ends, but the table hides nothing: the caller looks at [#deadline]
/// and removes. A member without one pays nothing for it.
///
/// What needs memory allocates it first: after a [MemoryExhausted] the members are as they were.
public final class MemberTable implements BigValue, AutoCloseable {
  /// The deadline of a member that never ends.
  public static final long NO_DEADLINE = -1;

  /// Where the root's own fields end and those of its kind begin.
  public static final int ROOT_BYTES = TableLayout.ROOT_BYTES;

  private final MemberKind kind;
  private final MemberHash hash;
  private final Segments segments;
  private final MemberWalk walk;
  private final MemberCopy copies;

  /// The text of an integer that is shown.
  private final NativeBuffer digits = new NativeBuffer();

  private int lastSalt;

  public MemberTable(ShardMemory memory, KeyHash hash, MemberKind kind) {
    this(memory, hash, kind, Segments.SPLIT_MEMBERS);
  }

  MemberTable(ShardMemory memory, KeyHash hash, MemberKind kind, int splitMembers) {
    this.kind = kind;
    this.hash = new MemberHash(hash);
    this.segments = new Segments(memory, this.hash, kind, splitMembers);
    this.walk = new MemberWalk(this, segments, kind);
    this.copies = new MemberCopy(this);
    if (kind.hasIntegers()) {
      digits.reserve(1 + IntText.MAX_BYTES);
    }
  }

  /// The root of a new table, with room for about `members`.
  public long create(int members) {
    return segments.create(++lastSalt, members);
  }

  public static long size(long root) {
    return TableLayout.size(root);
  }

  @Override
  public long bytes(long root) {
    return TableLayout.bytes(root);
  }

  /// Number of members that have a deadline.
  public static long expiring(long root) {
    return TableLayout.expiring(root);
  }

  /// No member ends before this time, in ms since 1970; `Long.MAX_VALUE` when none does.
  public static long deadlineBound(long root) {
    return TableLayout.bound(root);
  }

  /// A block of what shares the root of a table, which counts it.
  ///
  /// @throws MemoryExhausted with nothing changed
  public long allocate(long root, long bytes) {
    return segments.allocate(root, bytes);
  }

  public void free(long root, long block, long bytes) {
    segments.free(root, block, bytes);
  }

  /// Moves such a block out of a sparse page, if there is room elsewhere; returns its address.
  public long relocate(long root, long block, long bytes) {
    return segments.relocate(root, block, bytes);
  }

  Segments segments() {
    return segments;
  }

  /// The slot of a member, or 0.
  public long find(long root, long member, int length) {
    long integer = integerWord(member, length);
    return find(root, hash(root, integer, member, length), integer, member, length);
  }

  private long find(long root, long h, long integer, long member, int length) {
    long entry = Segments.entry(root, h);
    int buckets = TableLayout.buckets(entry);
    int index = MemberSegment.home(MemberHash.place(h), buckets);
    long pattern = MemberBucket.pattern(MemberHash.fingerprint(h));
    int tag = MemberHash.tag(h);
    for (int i = 0; i < buckets; i++) {
      long bucket = MemberSegment.bucket(TableLayout.segment(entry), index);
      long set = MemberBucket.match(bucket, pattern);
      for (; set != 0; set = MemberBucket.rest(set)) {
        long slot = MemberBucket.slot(bucket, MemberBucket.first(set));
        if (isMember(Mem.getLong(slot), tag, integer, member, length)) {
          return slot;
        }
      }
      if (MemberBucket.overflow(bucket) == 0) {
        return 0;
      }
      index = MemberSegment.next(index, buckets);
    }
    return 0;
  }

  private boolean isMember(long word, int tag, long integer, long member, int length) {
    if (MemberWord.isInteger(word)) {
      return word == integer;
    }
    return MemberWord.tag(word) == tag
        && MemberText.equal(MemberLayout.text(kind, word), member, length);
  }

  /// Adds a member without a deadline to a set. Returns its slot, or 0 when it is there already.
  public long add(long root, long member, int length) {
    assert kind == MemberKind.SET;
    long integer = integerWord(member, length);
    long h = hash(root, integer, member, length);
    if (find(root, h, integer, member, length) != 0) {
      return 0;
    }
    segments.reserve(root, h);
    long word = integer != 0 ? integer : newMember(root, h, member, length);
    return insert(root, h, word);
  }

  private long newMember(long root, long h, long member, int length) {
    long block = segments.allocate(root, MemberText.bytes(length));
    MemberText.write(block, member, length);
    return MemberWord.of(MemberHash.tag(h), block, false);
  }

  /// Makes room for one more member, which [#insertBlock] then takes without fail.
  public void reserve(long root, long member, int length) {
    segments.reserve(root, hash.ofBytes(TableLayout.salt(root), member, length));
  }

  /// Adds the block of an absent member without a deadline, for which there is room.
  public long insertBlock(long root, long block, long member, int length) {
    assert !kind.hasIntegers();
    long h = hash.ofBytes(TableLayout.salt(root), member, length);
    return insert(root, h, MemberWord.of(MemberHash.tag(h), block, false));
  }

  private static long insert(long root, long h, long word) {
    long entry = Segments.entry(root, h);
    TableLayout.addItems(entry, 1);
    TableLayout.addSize(root, 1);
    return MemberSegment.place(
        TableLayout.segment(entry), TableLayout.buckets(entry), MemberHash.place(h), word);
  }

  /// Removes a member and frees its block; false when it is absent.
  public boolean remove(long root, long member, int length) {
    long slot = find(root, member, length);
    if (slot == 0) {
      return false;
    }
    removeSlot(root, slot);
    return true;
  }

  /// Removes the member of a slot and frees its block.
  public void removeSlot(long root, long slot) {
    long entry = Segments.entry(root, segments.hashOf(root, Mem.getLong(slot)));
    vacate(root, entry, slot);
    segments.trim(root, entry);
  }

  /// Empties a slot and frees its block; the table stays as large as it is.
  void vacate(long root, long entry, long slot) {
    long word = Mem.getLong(slot);
    MemberSegment.remove(
        TableLayout.segment(entry), TableLayout.buckets(entry), segments.placeOf(root, slot), slot);
    TableLayout.addItems(entry, -1);
    TableLayout.addSize(root, -1);
    if (MemberWord.expires(word)) {
      TableLayout.addExpiring(root, -1);
    }
    freeMember(root, word);
  }

  void freeMember(long root, long word) {
    if (!MemberWord.isInteger(word)) {
      segments.free(root, MemberWord.block(word), MemberLayout.blockBytes(kind, word));
    }
  }

  /// Address of the bytes of the member in a slot.
  public long memberAddress(long slot) {
    return MemberText.address(text(slot));
  }

  public int memberLength(long slot) {
    long word = Mem.getLong(slot);
    return MemberWord.isInteger(word)
        ? IntText.length(MemberWord.integer(word))
        : MemberText.length(MemberLayout.text(kind, word));
  }

  /// The text of the member in a slot, followed by that of its value in a hash.
  long text(long slot) {
    long word = Mem.getLong(slot);
    if (!MemberWord.isInteger(word)) {
      return MemberLayout.text(kind, word);
    }
    long text = digits.address();
    Mem.putByte(text, IntText.write(text + 1, MemberWord.integer(word)));
    return text;
  }

  /// Bytes of the texts that [#text] shows.
  long textBytes(long slot) {
    long word = Mem.getLong(slot);
    if (MemberWord.isInteger(word)) {
      return 1L + IntText.length(MemberWord.integer(word));
    }
    int head = MemberLayout.headBytes(kind, MemberWord.expires(word));
    return MemberLayout.blockBytes(kind, word) - head;
  }

  /// The block of the member in a slot that is no integer.
  public static long block(long slot) {
    return MemberWord.block(Mem.getLong(slot));
  }

  /// Points a slot to another block with the same member.
  public static void setBlock(long slot, long block) {
    Mem.putLong(slot, MemberWord.withBlock(Mem.getLong(slot), block));
  }

  /// When the member in a slot ends, in ms since 1970, or [#NO_DEADLINE].
  public static long deadline(long slot) {
    long word = Mem.getLong(slot);
    return MemberWord.expires(word) ? Mem.getLong(MemberWord.block(word)) : NO_DEADLINE;
  }

  /// Gives a member a deadline, or takes it away with [#NO_DEADLINE]. The slot stays valid.
  public void setDeadline(long root, long slot, long deadlineMs) {
    assert kind != MemberKind.SCORED;
    long word = Mem.getLong(slot);
    boolean expires = deadlineMs != NO_DEADLINE;
    if (expires != MemberWord.expires(word)) {
      rewrite(root, slot, expires);
      TableLayout.addExpiring(root, expires ? 1 : -1);
    }
    if (expires) {
      noteDeadline(root, slot, deadlineMs);
    }
  }

  /// Writes the deadline of a slot whose word has EXPIRES.
  void noteDeadline(long root, long slot, long deadlineMs) {
    Mem.putLong(block(slot), deadlineMs);
    long entry = Segments.entry(root, segments.hashOf(root, Mem.getLong(slot)));
    TableLayout.lowerBounds(root, entry, deadlineMs);
  }

  /// Gives the member a block with or without room for a deadline; or none, if it is an integer.
  private void rewrite(long root, long slot, boolean expires) {
    long word = Mem.getLong(slot);
    long text = text(slot);
    long h = segments.hashOf(root, word);
    Mem.putLong(slot, newWord(root, h, text, textBytes(slot), expires));
    freeMember(root, word);
  }

  /// The word of a member with these texts, and its block if it needs one.
  private long newWord(long root, long h, long text, long bytes, boolean expires) {
    long integer = expires ? 0 : integerWord(MemberText.address(text), MemberText.length(text));
    if (integer != 0) {
      return integer;
    }
    int head = MemberLayout.headBytes(kind, expires);
    long block = segments.allocate(root, head + bytes);
    Mem.copy(text, block + head, bytes);
    return MemberWord.of(MemberHash.tag(h), block, expires);
  }

  /// Adds an absent member with these texts, of another table or an image.
  void addTexts(long root, long text, long bytes, long deadlineMs) {
    long member = MemberText.address(text);
    int length = MemberText.length(text);
    long h = hash(root, integerWord(member, length), member, length);
    segments.reserve(root, h);
    boolean expires = deadlineMs != NO_DEADLINE;
    long slot = insert(root, h, newWord(root, h, text, bytes, expires));
    if (expires) {
      TableLayout.addExpiring(root, 1);
      noteDeadline(root, slot, deadlineMs);
    }
  }

  /// One step of a scan: shows some members, maybe none, and returns the cursor of the next step; 0
  /// starts and ends a scan. A member that is in the table all the time from the first step to the
  /// last is shown at least once, however the table grows and shrinks between steps.
  public long scan(long root, long cursor, MemberVisitor visitor) {
    return MemberWalk.scan(root, cursor, segments, visitor);
  }

  /// The slot of a member drawn so that all are equally likely, or 0 when the table is empty.
  public long random(long root, RandomGenerator random) {
    return TableLayout.size(root) == 0 ? 0 : RandomMember.draw(root, random);
  }

  /// Removes members whose deadline is not after `nowMs`, going on from a cursor that 0 starts, and
  /// returns the cursor to go on from; 0 when a round is done. `visitor` is shown each of them
  /// before. `work` bounds the call: each segment and each of its members counts one, and one
  /// segment is always gone through.
  public long expire(long root, long cursor, long nowMs, int work, MemberVisitor visitor) {
    return walk.expire(root, cursor, nowMs, work, visitor);
  }

  @Override
  public long compactRoot(long root) {
    return segments.relocateRoot(root);
  }

  /// At least one segment and its members; no slot is valid afterwards.
  @Override
  public long compactSlice(long root, long cursor, int blocks) {
    return walk.relocate(root, cursor, blocks);
  }

  /// At least one segment and its members.
  @Override
  public boolean freeSlice(long root, int blocks) {
    if (!freeSegments(root, blocks)) {
      return false;
    }
    segments.freeRoot(root);
    return true;
  }

  /// The root of a table whose segments are gone.
  public void freeRoot(long root) {
    segments.freeRoot(root);
  }

  /// As [#freeSlice], but the root stays.
  public boolean freeSegments(long root, int blocks) {
    return walk.freeSegments(root, blocks);
  }

  @Override
  public long copy(long root) {
    return copies.copy(root);
  }

  @Override
  public void writeImage(long root, NativeBuffer out) {
    copies.writeImage(root, out);
  }

  @Override
  public long ofImage(long image, long bytes) {
    return copies.ofImage(image, bytes);
  }

  @Override
  public void close() {
    digits.close();
  }

  MemberKind kind() {
    return kind;
  }

  private long hash(long root, long integer, long member, int length) {
    int salt = TableLayout.salt(root);
    return integer != 0
        ? hash.ofInteger(salt, MemberWord.integer(integer))
        : hash.ofBytes(salt, member, length);
  }

  /// The word of a member that is an integer, or 0.
  private long integerWord(long member, int length) {
    return kind.hasIntegers() ? MemberWord.ofDigits(member, length) : 0;
  }
}
