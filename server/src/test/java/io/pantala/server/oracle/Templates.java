package io.pantala.server.oracle;

import java.util.ArrayList;
import java.util.List;

/// What is asked of both servers, by family.
///
/// All families draw from the same keys: a family of another type needs only its list here to make
/// the cases of a wrong type for all others.
final class Templates {
  private final List<Template> all = new ArrayList<>();

  private Templates() {}

  static List<Template> all() {
    Templates templates = new Templates();
    templates.strings();
    templates.counters();
    templates.longValues();
    templates.keys();
    templates.expiry();
    templates.databases();
    templates.connection();
    return templates.all;
  }

  private void strings() {
    add(30, "SET key value");
    add(10, "SET key value NX|XX? GET? EX:ttl|PX:ttlms|EXAT:at|PXAT:atms|KEEPTTL?");
    add(4, "SET key value setoption setoption? ttl?");
    add(20, "GET key");
    add(5, "GETSET key value");
    add(5, "GETDEL key");
    add(8, "GETEX key EX:ttl|PX:ttlms|EXAT:at|PXAT:atms|PERSIST?");
    add(2, "GETEX key setoption ttl?");
    add(5, "SETNX key value");
    add(4, "SETEX key ttl value");
    add(4, "PSETEX key ttlms value");
    add(8, "APPEND key value");
    add(6, "STRLEN key");
    add(8, "GETRANGE key index index");
    add(2, "SUBSTR key index index");
    add(6, "SETRANGE key offset value");
    add(10, "MGET key...");
    add(10, "MSET pair...");
    add(5, "MSETNX pair...");
    add(3, "LCS key key LEN|IDX?");
    add(3, "LCS key key IDX MINMATCHLEN:index? WITHMATCHLEN?");
    add(1, "LCS key key LEN|IDX|BAD MINMATCHLEN|WITHMATCHLEN?");
  }

  private void counters() {
    add(10, "SET key int");
    add(4, "SET key float");
    add(10, "INCR key");
    add(8, "DECR key");
    add(8, "INCRBY key int");
    add(6, "DECRBY key int");
    add(10, "INCRBYFLOAT key float");
  }

  private void longValues() {
    add(1, "SET longkey longvalue");
    add(1, "SETRANGE longkey offset longvalue");
    add(1, "GET longkey");
    add(1, "GETRANGE longkey index int");
    add(1, "MGET key longkey key");
    add(1, "STRLEN|DEL longkey");
  }

  private void keys() {
    add(6, "DEL key...");
    add(4, "UNLINK key...");
    add(8, "EXISTS key...");
    add(3, "TOUCH key...");
    add(6, "TYPE key");
    add(8, "RENAME key key");
    add(6, "RENAMENX key key");
    add(8, "COPY key key DB:db? REPLACE?");
    add(1, "COPY key key REPLACE|DB|BAD REPLACE|DB|BAD db?");
    add(5, "KEYS pattern");
    add(3, "SCAN 0 MATCH:pattern? COUNT:count? TYPE:type?");
    add(1, "SCAN 0 MATCH|COUNT|TYPE|BAD pattern?");
    add(1, "SCAN int BAD");
    add(3, "RANDOMKEY");
    add(8, "OBJECT ENCODING key");
    add(4, "OBJECT REFCOUNT key");
    add(2, "OBJECT IDLETIME key");
    add(1, "OBJECT HELP");
  }

  private void expiry() {
    add(6, "EXPIRE key ttl NX|XX|GT|LT? NX|XX|GT|LT?");
    add(6, "PEXPIRE key ttlms NX|XX|GT|LT?");
    add(6, "EXPIREAT key at NX|XX|GT|LT?");
    add(6, "PEXPIREAT key atms NX|XX|GT|LT?");
    add(1, "EXPIRE|PEXPIREAT key ttlms BAD");
    add(6, "TTL key");
    add(6, "PTTL key");
    add(6, "EXPIRETIME key");
    add(6, "PEXPIRETIME key");
    add(5, "PERSIST key");
  }

  private void databases() {
    add(12, "SELECT db");
    add(5, "MOVE key db");
    add(3, "SWAPDB db db");
    add(1, "FLUSHDB ASYNC|SYNC|BAD?");
    add(1, "FLUSHALL ASYNC|SYNC|BAD?");
    add(5, "DBSIZE");
  }

  private void connection() {
    add(3, "PING value?");
    add(3, "ECHO value");
    add(1, "TIME");
    add(1, "CLIENT SETNAME name");
    add(2, "CLIENT GETNAME");
    add(1, "CLIENT GETREDIR");
    add(1, "CLIENT TRACKINGINFO");
    add(1, "CLIENT TRACKING OFF|BAD BCAST?");
    add(1, "CLIENT CACHING YES|NO");
    add(1, "CLIENT NO-EVICT ON|OFF|BAD");
    add(1, "CLIENT REPLY ON|BAD");
    add(1, "CLIENT UNBLOCK int TIMEOUT|ERROR|BAD?");
    add(1, "CLIENT UNPAUSE");
    add(1, "CLIENT PAUSE 0|BAD WRITE|ALL|BAD?");
  }

  /// A pattern that starts with a choice of names counts as one for each.
  private void add(int weight, String pattern) {
    int space = pattern.indexOf(' ');
    String name = space < 0 ? pattern : pattern.substring(0, space);
    for (String one : name.split("\\|", -1)) {
      all.add(Template.of(weight, one + pattern.substring(name.length())));
    }
  }
}
