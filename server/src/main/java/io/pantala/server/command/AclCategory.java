package io.pantala.server.command;

import java.util.ArrayList;
import java.util.List;

/// ACL categories as bits. Those that follow from a row's flags are added by [#implied]; the rest a
/// row names itself.
public final class AclCategory {
  public static final int KEYSPACE = 1;
  public static final int READ = 1 << 1;
  public static final int WRITE = 1 << 2;
  public static final int SET = 1 << 3;
  public static final int SORTEDSET = 1 << 4;
  public static final int LIST = 1 << 5;
  public static final int HASH = 1 << 6;
  public static final int STRING = 1 << 7;
  public static final int BITMAP = 1 << 8;
  public static final int HYPERLOGLOG = 1 << 9;
  public static final int GEO = 1 << 10;
  public static final int STREAM = 1 << 11;
  public static final int PUBSUB = 1 << 12;
  public static final int ADMIN = 1 << 13;
  public static final int FAST = 1 << 14;
  public static final int SLOW = 1 << 15;
  public static final int BLOCKING = 1 << 16;
  public static final int DANGEROUS = 1 << 17;
  public static final int CONNECTION = 1 << 18;
  public static final int TRANSACTION = 1 << 19;
  public static final int SCRIPTING = 1 << 20;

  private static final String[] NAMES = {
    "@keyspace",
    "@read",
    "@write",
    "@set",
    "@sortedset",
    "@list",
    "@hash",
    "@string",
    "@bitmap",
    "@hyperloglog",
    "@geo",
    "@stream",
    "@pubsub",
    "@admin",
    "@fast",
    "@slow",
    "@blocking",
    "@dangerous",
    "@connection",
    "@transaction",
    "@scripting"
  };

  private AclCategory() {}

  /// The categories that follow from command flags, as Redis derives them.
  static int implied(int flags, int named) {
    int out = named;
    if ((flags & CommandFlag.WRITE) != 0) {
      out |= WRITE;
    }
    if ((flags & CommandFlag.READONLY) != 0 && (named & SCRIPTING) == 0) {
      out |= READ;
    }
    if ((flags & CommandFlag.ADMIN) != 0) {
      out |= ADMIN | DANGEROUS;
    }
    if ((flags & CommandFlag.PUBSUB) != 0) {
      out |= PUBSUB;
    }
    if ((flags & CommandFlag.BLOCKING) != 0) {
      out |= BLOCKING;
    }
    return out | ((flags & CommandFlag.FAST) != 0 ? FAST : SLOW);
  }

  /// The bit of a name without its `@`, in any case; 0 when there is none of that name.
  static int of(String name) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].regionMatches(true, 1, name, 0, name.length())
          && NAMES[i].length() == name.length() + 1) {
        return 1 << i;
      }
    }
    return 0;
  }

  /// The names, each with its `@`.
  public static List<String> names(int categories) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NAMES.length; i++) {
      if ((categories & 1 << i) != 0) {
        names.add(NAMES[i]);
      }
    }
    return names;
  }
}
