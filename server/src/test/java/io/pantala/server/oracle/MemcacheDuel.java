package io.pantala.server.oracle;

import io.pantala.server.testing.MemcacheClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// This server and memcached, which get the same requests. Starts with both of them empty.
///
/// What is compared: every byte, but for uniques, which must be the same ones in the same places;
/// times to live, which may differ by some seconds; and seconds since an access, sizes and classes.
final class MemcacheDuel implements AutoCloseable {
  private static final int TTL_TOLERANCE_S = 5;

  /// Lines that take up the data that a lie still waits for.
  private static final String PADDING = "no\r\n".repeat(8);

  private static final Pattern UNIQUE =
      Pattern.compile("^VALUE ([^ ]+) \\d+ \\d+ (\\d+)(?=\\r)|(?<= c)(\\d+)(?=[ \\r])|cas=(\\d+)");
  private static final Pattern KEY = Pattern.compile(" k([^ \\r]+)");
  private static final Pattern TTL = Pattern.compile(" t(\\d+)(?=[ \\r])");
  private static final Pattern LOOSE =
      Pattern.compile(" l\\d+(?=[ \\r])|la=\\d+|cls=\\d+|size=\\d+|exp=-?\\d\\d+|exp=[02-9]");

  /// One of the two.
  private static final class Side implements AutoCloseable {
    final MemcacheClient client;
    final Map<String, String> uniqueOfKey = new HashMap<>();
    final Map<String, String> ordinals = new HashMap<>(Map.of("0", "0"));

    Side(int port) throws IOException {
      client = new MemcacheClient(port);
    }

    String play(String requests) throws IOException {
      String replies = client.exchange(withUniques(requests));
      StringBuilder out = new StringBuilder();
      for (String line : replies.split("(?<=\n)", -1)) {
        out.append(normal(line));
      }
      return out.toString();
    }

    private String withUniques(String requests) {
      String text = requests;
      for (String key : MemcacheDraw.KEYS) {
        text = text.replace("@" + key + "@", uniqueOfKey.getOrDefault(key, "12345678901"));
      }
      return text.replace("@Zm9v@", uniqueOfKey.getOrDefault("foo", "12345678901"));
    }

    private String normal(String line) {
      Matcher found = UNIQUE.matcher(line);
      StringBuilder out = new StringBuilder();
      while (found.find()) {
        int group = found.group(2) != null ? 2 : found.group(3) != null ? 3 : 4;
        String unique = found.group(group);
        String key = found.group(1);
        Matcher named = KEY.matcher(line);
        if (key == null && named.find()) {
          key = named.group(1).equals("Zm9v") ? "foo" : named.group(1);
        }
        if (key != null && !unique.equals("0")) {
          uniqueOfKey.put(key, unique);
        }
        String ordinal = ordinals.computeIfAbsent(unique, u -> "#" + ordinals.size());
        String whole = found.group();
        int at = found.start(group) - found.start();
        String shown = whole.substring(0, at) + ordinal + whole.substring(at + unique.length());
        found.appendReplacement(out, Matcher.quoteReplacement(shown));
      }
      found.appendTail(out);
      return LOOSE.matcher(out).replaceAll(" ~");
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  private final Side ours;
  private final Side theirs;

  MemcacheDuel(int ourPort, int theirPort) throws IOException {
    ours = new Side(ourPort);
    theirs = new Side(theirPort);
    theirs.play("flush_all\r\n");
  }

  /// Plays a history in pipelines of the depths that `depth` gives; tells the first difference, or
  /// null.
  @Nullable String play(List<MemcacheRequest> history, IntSupplier depth) throws IOException {
    int at = 0;
    while (at < history.size()) {
      int end = Math.min(history.size(), at + depth.getAsInt());
      StringBuilder batch = new StringBuilder();
      String counted = "";
      int next = at;
      while (next < end && counted.isEmpty()) {
        MemcacheRequest request = history.get(next++);
        batch.append(request.bytes()).append(request.lies() ? PADDING : "");
        counted = request.counts();
      }
      String found = compare(batch.toString(), history.subList(at, next));
      if (found != null) {
        return found;
      }
      if (!counted.isEmpty()) {
        found = bringTogether(counted);
        if (found != null) {
          return found;
        }
      }
      at = next;
    }
    StringBuilder all = new StringBuilder();
    MemcacheDraw.KEYS.forEach(key -> all.append("mg ").append(key).append(" u v f t h k c\r\n"));
    return compare(all.toString(), List.of());
  }

  private @Nullable String compare(String batch, List<MemcacheRequest> requests)
      throws IOException {
    String our = ours.play(batch);
    String their = theirs.play(batch);
    if (isSame(our, their)) {
      return null;
    }
    StringBuilder text = new StringBuilder("requests:\n");
    requests.forEach(request -> text.append("  ").append(request.shown()).append('\n'));
    return text + "ours:\n" + cut(our) + "\nmemcached:\n" + cut(their);
  }

  private static String cut(String text) {
    return text.length() > 3_000 ? text.substring(0, 3_000) + "..." : text;
  }

  private static boolean isSame(String our, String their) {
    if (our.equals(their)) {
      return true;
    }
    return TTL.matcher(our).replaceAll(" t~").equals(TTL.matcher(their).replaceAll(" t~"))
        && areNear(TTL.matcher(our), TTL.matcher(their));
  }

  private static boolean areNear(Matcher our, Matcher their) {
    while (our.find() && their.find()) {
      if (Math.abs(Long.parseLong(our.group(1)) - Long.parseLong(their.group(1)))
          > TTL_TOLERANCE_S) {
        return false;
      }
    }
    return true;
  }

  /// memcached pads a number that became shorter, and forgets an item's state when it has to copy
  /// it, which depends on replies that are still under way: both get a new item of the same value.
  private @Nullable String bringTogether(String key) throws IOException {
    String look = "mg " + key + " u v f t\r\n";
    String[] our = ours.play(look).split("\r\n", -1);
    String[] their = theirs.play(look).split("\r\n", -1);
    if (their.length < 3 || our.length < 3) {
      return our.length == their.length ? null : "after a count, ours: " + our[0];
    }
    String number = their[1].stripTrailing();
    if (!our[1].stripTrailing().equals(number)) {
      return "after a count ours has " + our[1] + ", memcached " + their[1];
    }
    String set = "set %s 0 0 %d\r\n%s\r\n".formatted(key, number.length(), number);
    ours.play(set);
    theirs.play(set);
    return null;
  }

  @Override
  public void close() throws IOException {
    ours.close();
    theirs.close();
  }
}
