package io.pantala.memcache;

import org.jspecify.annotations.Nullable;

/// What a request is, as [MemcacheParser] finds out: the commands by their first words, the plural
/// forms of those that read, and the ways in which a request is refused before it runs. The words
/// of the line are the arguments; where data follow the line, they are the last one.
public enum Verb {
  GET("get", 2),
  GETS("gets", 2),
  GAT("gat", 2),
  GATS("gats", 2),
  SET("set", 5, 6),
  ADD("add", 5, 6),
  REPLACE("replace", 5, 6),
  APPEND("append", 5, 6),
  PREPEND("prepend", 5, 6),
  CAS("cas", 6, 7),
  TOUCH("touch", 3, 4),
  DELETE("delete", 2, 4),
  INCR("incr", 3, 4),
  DECR("decr", 3, 4),
  MG("mg", 2),
  MS("ms", 2),
  MD("md", 2),
  MA("ma", 2),
  ME("me", 1),
  MN("mn", 1),
  FLUSH_ALL("flush_all", 1, 3),
  STATS("stats", 1),
  VERSION("version", 1),
  VERBOSITY("verbosity", 2),
  QUIT("quit", 1),

  /// With any number of keys but one.
  GET_MANY,
  GETS_MANY,
  GAT_MANY,
  GATS_MANY,

  /// No command, or not with so many words.
  UNKNOWN,

  /// A line that can't be right: one that is told in any case, and one whose `noreply` counts.
  BAD_LINE,
  BAD_UPDATE,
  BAD_EXPTIME,

  /// The data are not followed by a line end.
  BAD_CHUNK,
  BAD_META_CHUNK,

  /// The item would be too large; its data are swallowed. A set deletes what the key held.
  TOO_LARGE,
  TOO_LARGE_SET,
  TOO_LARGE_META_SET,

  /// ms whose line is wrong, so that nobody knows whether data follow.
  BAD_META_SET;

  private final String word;
  private final int leastWords;
  private final int mostWords;

  Verb() {
    this("", 0, 0);
  }

  Verb(String word, int leastWords) {
    this(word, leastWords, Integer.MAX_VALUE);
  }

  Verb(String word, int leastWords, int mostWords) {
    this.word = word;
    this.leastWords = leastWords;
    this.mostWords = mostWords;
  }

  /// The first word of the line, empty for what is no command of its own.
  String word() {
    return word;
  }

  boolean accepts(int words) {
    return words >= leastWords && words <= mostWords;
  }

  /// All verbs by their words: open addressing, no string is made.
  static final class Table {
    private static final int SLOTS = 64;

    private final long[] heads = new long[SLOTS];
    private final int[] tails = new int[SLOTS];
    private final @Nullable Verb[] verbs = new Verb[SLOTS];

    Table() {
      for (Verb verb : values()) {
        if (!verb.word.isEmpty()) {
          put(verb);
        }
      }
    }

    private void put(Verb verb) {
      long head = 0;
      for (int i = 0; i < Math.min(Long.BYTES, verb.word.length()); i++) {
        head |= (long) verb.word.charAt(i) << (8 * i);
      }
      int tail = verb.word.length() > Long.BYTES ? verb.word.charAt(Long.BYTES) : 0;
      int at = slot(head);
      while (verbs[at] != null) {
        at = (at + 1) & (SLOTS - 1);
      }
      heads[at] = head;
      tails[at] = tail;
      verbs[at] = verb;
    }

    /// @param head the word's first 8 bytes, the first one lowest, zeros beyond its end
    /// @param tail its ninth byte or 0; longer words are none
    Verb find(long head, int tail) {
      int at = slot(head);
      for (Verb verb = verbs[at]; verb != null; verb = verbs[at]) {
        if (heads[at] == head && tails[at] == tail) {
          return verb;
        }
        at = (at + 1) & (SLOTS - 1);
      }
      return UNKNOWN;
    }

    private static int slot(long head) {
      return (int) ((head * 0x9e3779b97f4a7c15L) >>> 58);
    }
  }
}
