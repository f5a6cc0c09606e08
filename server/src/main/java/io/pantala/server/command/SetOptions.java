package io.pantala.server.command;

import io.pantala.resp.Args;
import io.pantala.resp.Keyword;

/// The options of SET, GETEX and MSETEX, parsed into one number so that nothing is allocated:
///
/// ```text
///   63      62 .. 39            38 .. 15            14 .. 0
///   +-------+-------------------+-------------------+---------------+
///   | error | index of the      | index of the      | options that  |
///   |       | compared value    | expire time       | were given    |
///   +-------+-------------------+-------------------+---------------+
/// ```
///
/// An index counts arguments and is 0 where there is none.
final class SetOptions {
  static final int NX = 1;
  static final int XX = 1 << 1;
  static final int GET = 1 << 2;
  static final int KEEPTTL = 1 << 3;
  static final int PERSIST = 1 << 4;
  static final int EX = 1 << 5;
  static final int PX = 1 << 6;
  static final int EXAT = 1 << 7;
  static final int PXAT = 1 << 8;
  static final int IFEQ = 1 << 9;
  static final int IFNE = 1 << 10;
  static final int IFDEQ = 1 << 11;
  static final int IFDNE = 1 << 12;

  /// Options that give a deadline; an argument follows.
  static final int DEADLINE = EX | PX | EXAT | PXAT;

  /// Options that compare the value; an argument follows.
  static final int COMPARISON = IFEQ | IFNE | IFDEQ | IFDNE;

  private static final int CONDITION = NX | XX | COMPARISON;
  private static final int EXPIRY = DEADLINE | KEEPTTL | PERSIST;

  static final int OF_SET = CONDITION | GET | KEEPTTL | DEADLINE;
  static final int OF_GETEX = PERSIST | DEADLINE;
  static final int OF_MSETEX = NX | XX | KEEPTTL | DEADLINE;

  /// What [#parse] answers for a syntax error.
  static final long SYNTAX_ERROR = -1;

  private static final int OPTION_BITS = 15;
  private static final int INDEX_BITS = 24;

  /// Options stand before this argument; only a call that repeats them without end has more.
  private static final int INDEX_MAX = (1 << INDEX_BITS) - 1;

  private static final long NX_WORD = Keyword.of("NX");
  private static final long XX_WORD = Keyword.of("XX");
  private static final long GET_WORD = Keyword.of("GET");
  private static final long KEEPTTL_WORD = Keyword.of("KEEPTTL");
  private static final long PERSIST_WORD = Keyword.of("PERSIST");
  private static final long EX_WORD = Keyword.of("EX");
  private static final long PX_WORD = Keyword.of("PX");
  private static final long EXAT_WORD = Keyword.of("EXAT");
  private static final long PXAT_WORD = Keyword.of("PXAT");
  private static final long IFEQ_WORD = Keyword.of("IFEQ");
  private static final long IFNE_WORD = Keyword.of("IFNE");
  private static final long IFDEQ_WORD = Keyword.of("IFDEQ");
  private static final long IFDNE_WORD = Keyword.of("IFDNE");

  private SetOptions() {}

  /// Parses the arguments from `from` to the end.
  ///
  /// @param allowed the options that the command knows
  static long parse(Args args, int from, int allowed) {
    int given = 0;
    int time = 0;
    int operand = 0;
    if (args.count() > INDEX_MAX) {
      return SYNTAX_ERROR;
    }
    for (int i = from; i < args.count(); i++) {
      int option = option(args.keyword(i));
      if ((option & allowed) == 0 || (given & excludedBy(option)) != 0) {
        return SYNTAX_ERROR;
      }
      given |= option;
      if ((option & (DEADLINE | COMPARISON)) != 0) {
        i++;
        if (i == args.count()) {
          return SYNTAX_ERROR;
        }
        if ((option & DEADLINE) != 0) {
          time = i;
        } else {
          operand = i;
        }
      }
    }
    return given | (long) time << OPTION_BITS | (long) operand << (OPTION_BITS + INDEX_BITS);
  }

  static boolean has(long options, int any) {
    return (options & any) != 0;
  }

  /// Index of the argument that says when the key ends.
  static int timeArgument(long options) {
    return (int) (options >>> OPTION_BITS) & INDEX_MAX;
  }

  /// Index of the value or digest that the key's value is compared with.
  static int operand(long options) {
    return (int) (options >>> (OPTION_BITS + INDEX_BITS)) & INDEX_MAX;
  }

  /// The option that a word of [Args#keyword] names, or 0.
  static int option(long word) {
    int expiry = expiryOption(word);
    if (expiry != 0) {
      return expiry;
    }
    if (word == NX_WORD) {
      return NX;
    }
    if (word == XX_WORD) {
      return XX;
    }
    return word == GET_WORD ? GET : comparisonOption(word);
  }

  /// The same for words about the time that the key ends.
  static int expiryOption(long word) {
    if (word == EX_WORD) {
      return EX;
    }
    if (word == PX_WORD) {
      return PX;
    }
    if (word == KEEPTTL_WORD) {
      return KEEPTTL;
    }
    if (word == EXAT_WORD) {
      return EXAT;
    }
    if (word == PXAT_WORD) {
      return PXAT;
    }
    return word == PERSIST_WORD ? PERSIST : 0;
  }

  /// The same for words that compare the value.
  static int comparisonOption(long word) {
    if (word == IFEQ_WORD) {
      return IFEQ;
    }
    if (word == IFNE_WORD) {
      return IFNE;
    }
    if (word == IFDEQ_WORD) {
      return IFDEQ;
    }
    return word == IFDNE_WORD ? IFDNE : 0;
  }

  /// What may not have been given before. Redis lets most options be repeated: the last one counts.
  private static int excludedBy(int option) {
    if ((option & EXPIRY) != 0) {
      return EXPIRY & ~option;
    }
    if ((option & COMPARISON) != 0) {
      return CONDITION;
    }
    return (option & CONDITION) != 0 ? CONDITION & ~option : 0;
  }
}
