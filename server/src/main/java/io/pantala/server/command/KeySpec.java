package io.pantala.server.command;

import io.pantala.resp.Args;
import java.util.ArrayList;
import java.util.List;

/// Where a command's keys stand among its arguments, and what happens to them (COMMAND INFO's key
/// specifications, redis.io "Command key specifications").
///
/// The search begins at a fixed argument; from there keys are a range (`last` counts from the start
/// of the range, or from the end of the arguments when negative) or a counted list, whose length is
/// an argument itself.
public final class KeySpec {
  /// What the command does with the value as a whole.
  public static final int RW = 1;

  public static final int RO = 1 << 1;
  public static final int OW = 1 << 2;
  public static final int RM = 1 << 3;

  /// What it does with the data in the value.
  public static final int ACCESS = 1 << 4;

  public static final int UPDATE = 1 << 5;
  public static final int INSERT = 1 << 6;
  public static final int DELETE = 1 << 7;

  public static final int NOT_KEY = 1 << 8;
  public static final int INCOMPLETE = 1 << 9;
  public static final int VARIABLE_FLAGS = 1 << 10;

  private static final String[] NAMES = {
    "RW",
    "RO",
    "OW",
    "RM",
    "access",
    "update",
    "insert",
    "delete",
    "not_key",
    "incomplete",
    "variable_flags"
  };

  private final int flags;
  private final int index;
  private final boolean counted;
  private final int last;
  private final int step;
  private final String notes;

  private KeySpec(int flags, int index, boolean counted, int last, int step, String notes) {
    this.flags = flags;
    this.index = index;
    this.counted = counted;
    this.last = last;
    this.step = step;
    this.notes = notes;
  }

  /// The one key at argument `index`.
  public static KeySpec one(int index, int flags) {
    return new KeySpec(flags, index, false, 0, 1, "");
  }

  /// Keys at `index`, `index + step` … up to `last`, which is relative to `index`, or to the end of
  /// the arguments when negative (-1 = the last argument).
  public static KeySpec range(int index, int last, int step, int flags) {
    return new KeySpec(flags, index, false, last, step, "");
  }

  /// `numkeys` at argument `index`, followed by that many groups of `step` arguments whose first is
  /// a key.
  public static KeySpec counted(int index, int step, int flags) {
    return new KeySpec(flags, index, true, 0, step, "");
  }

  /// The same with a remark for people, which COMMAND INFO shows.
  public KeySpec note(String text) {
    return new KeySpec(flags, index, counted, last, step, text);
  }

  public int flags() {
    return flags;
  }

  public int index() {
    return index;
  }

  public boolean isCounted() {
    return counted;
  }

  public int last() {
    return last;
  }

  public int step() {
    return step;
  }

  public String notes() {
    return notes;
  }

  public boolean writes() {
    return (flags & RO) == 0;
  }

  public List<String> flagNames() {
    return flagNames(flags);
  }

  /// The names of flags that a call has where those of its row vary.
  static List<String> flagNames(int flags) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NAMES.length; i++) {
      if ((flags & 1 << i) != 0) {
        names.add(NAMES[i]);
      }
    }
    return names;
  }

  /// Adds the keys of a request to `keys`; false when the arguments can't be what the row says (a
  /// count that is no number or too large; a last group that is cut short).
  boolean find(Args args, KeyRefs keys) {
    if (counted) {
      return findCounted(args, keys);
    }
    int end = last < 0 ? args.count() + last : index + last;
    if (end >= args.count() || (end - index) % step != groupEnd()) {
      return false;
    }
    for (int i = index; i <= end; i += step) {
      keys.add(i, writes());
    }
    return true;
  }

  /// Where a range up to the end of the arguments must end, so that its last group is whole: MSET
  /// has a value after each key.
  private int groupEnd() {
    return last < 0 ? step - 1 : 0;
  }

  private boolean findCounted(Args args, KeyRefs keys) {
    if (index >= args.count()) {
      return false;
    }
    long count = args.integer(index);
    if (count < 1 || count > (args.count() - index - 1) / step) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      keys.add(index + 1 + i * step, writes());
    }
    return true;
  }
}
