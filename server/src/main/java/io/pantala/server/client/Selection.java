package io.pantala.server.client;

/// What a client has chosen for its access to data, in one number that travels with each request:
/// the database, and whether its reads leave the time of last access as it is.
///
/// ```text
///  bit 31          bits 30 … 0
///  no access mark  number of the database
/// ```
public final class Selection {
  private static final int NO_MARK = 1 << 31;

  private Selection() {}

  static int of(int db, boolean marksAccess) {
    return marksAccess ? db : db | NO_MARK;
  }

  public static int db(int selection) {
    return selection & ~NO_MARK;
  }

  public static boolean marksAccess(int selection) {
    return (selection & NO_MARK) == 0;
  }
}
