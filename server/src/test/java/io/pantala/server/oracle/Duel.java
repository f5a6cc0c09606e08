package io.pantala.server.oracle;


import io.pantala.server.command.CommandTable;
import io.pantala.server.testing.TestClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Two servers that get the same requests. Starts with both of them empty.
final class Duel implements AutoCloseable {
  private static final String NO_REPLY = "-no reply: ";

  /// Cursor at which a walk starts and which ends it.
  private static final String START = "0";

  /// Stands for the page at a cursor that is not the start's: only its server knows what it means.
  private static final String SOMEWHERE = "*2\r\n";

  private static final int DATABASES = 16;

  private final TestClient ours;
  private final TestClient theirs;
  private final CommandTable commands;
  private long errors;

  Duel(int ourPort, int theirPort, CommandTable commands, boolean resp3) throws IOException {
    this.ours = new TestClient(ourPort);
    this.theirs = new TestClient(theirPort);
    this.commands = commands;
    theirs.run("FLUSHALL");
    if (resp3) {
      ours.run("HELLO", "3");
      theirs.run("HELLO", "3");
    }
  }

  /// Error replies of the reference server so far.
  long errors() {
    return errors;
  }

  /// Plays a history in pipelines of the depths that `depth` gives; the first difference or null.
  @Nullable Difference play(List<Request> history, IntSupplier depth) throws IOException {
    int at = 0;
    while (at < history.size()) {
      int end = batchEnd(history, at, depth.getAsInt());
      Difference found =
          isWalk(history.get(at)) ? walk(history.get(at), at) : batch(history.subList(at, end), at);
      if (found != null) {
        return found;
      }
      at = end;
    }
    return compareData(history.size());
  }

  @Override
  public void close() throws IOException {
    ours.close();
    theirs.close();
  }

  /// A batch has no walk in it, and DBSIZE only as its first request.
  private static int batchEnd(List<Request> history, int at, int depth) {
    int end = at + 1;
    if (isWalk(history.get(at))) {
      return end;
    }
    while (end < Math.min(history.size(), at + depth)
        && !isWalk(history.get(end))
        && !history.get(end).is("DBSIZE")) {
      end++;
    }
    return end;
  }

  private static boolean isWalk(Request request) {
    return request.is("SCAN") && request.arguments().size() > 1;
  }

  private @Nullable Difference batch(List<Request> requests, int place) throws IOException {
    if (requests.getFirst().is("DBSIZE")) {
      dropExpired();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    requests.forEach(request -> bytes.writeBytes(request.encoded()));
    ours.write(bytes.toByteArray());
    theirs.write(bytes.toByteArray());
    for (int i = 0; i < requests.size(); i++) {
      Difference found = compare(requests.get(i), place + i, readOurs(), theirs.readRaw());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Difference compare(Request request, int place, String our, String their) {
    if (their.startsWith("-")) {
      errors++;
    }
    if (ReplyCheck.isSame(request, our, their)) {
      return null;
    }
    Difference difference = new Difference(place, request, our, their);
    return KnownDifferences.covers(difference) ? null : difference;
  }

  /// An expired key counts until somebody meets it, which is a matter of chance.
  private void dropExpired() throws IOException {
    if (has("EXISTS")) {
      List<String> touch = new ArrayList<>(List.of("EXISTS", Draw.LONG_KEY));
      touch.addAll(Draw.KEYS);
      ours.run(touch.toArray(String[]::new));
      theirs.run(touch.toArray(String[]::new));
    }
  }

  private String readOurs() {
    try {
      return ours.readRaw();
    } catch (IOException e) {
      return NO_REPLY + e.getMessage() + "\r\n";
    }
  }

  /// SCAN from its start to its end, which has an order and steps of its own in each server.
  private @Nullable Difference walk(Request request, int place) throws IOException {
    String our = walk(ours, request);
    String their = walk(theirs, request);
    return compare(request, place, our, their);
  }

  private static String walk(TestClient client, Request request) throws IOException {
    List<String> arguments = new ArrayList<>(request.arguments());
    Set<String> keys = new TreeSet<>();
    while (true) {
      client.write(new Request(arguments).encoded());
      String raw = client.readRaw();
      if (!(ReplyCheck.decode(raw) instanceof List<?> page)) {
        return raw;
      }
      if (!request.arguments().get(1).equals(START)) {
        return SOMEWHERE;
      }
      ((List<?>) page.get(1)).forEach(key -> keys.add(key.toString()));
      arguments.set(1, page.getFirst().toString());
      if (arguments.get(1).equals(START)) {
        return new Request(new ArrayList<>(keys)).arguments() + "\r\n";
      }
    }
  }

  /// The whole data of both servers, as far as this server has the commands to show it.
  private @Nullable Difference compareData(int place) throws IOException {
    for (int db = 0; db < (has("SELECT") ? DATABASES : 1); db++) {
      List<Request> questions = new ArrayList<>();
      if (has("SELECT")) {
        questions.add(Request.of("SELECT", "" + db));
      }
      if (has("KEYS")) {
        questions.add(Request.of("KEYS", "*"));
      }
      Draw.KEYS.forEach(key -> askAll(key, questions));
      askAll(Draw.LONG_KEY, questions);
      Difference found = batch(questions, place);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private void askAll(String key, List<Request> questions) {
    questions.add(Request.of("GET", key));
    for (String command : List.of("TYPE", "PTTL", "PEXPIRETIME")) {
      if (has(command)) {
        questions.add(Request.of(command, key));
      }
    }
    if (has("object|encoding")) {
      questions.add(Request.of("OBJECT", "ENCODING", key));
    }
  }

  private boolean has(String command) {
    return commands.find(command) != null;
  }

}
