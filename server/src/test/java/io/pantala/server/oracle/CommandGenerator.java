package io.pantala.server.oracle;

import io.pantala.server.command.CommandTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// An endless stream of random requests from a seed: [Templates] of the commands that the server
/// has, some of them with a wrong number of arguments or an odd spelling, and a few unknown ones.
final class CommandGenerator {
  private static final int UNKNOWN_ONE_IN = 300;
  private static final int WRONG_ARITY_ONE_IN = 40;
  private static final int ODD_CASE_ONE_IN = 10;

  private static final List<Request> UNKNOWN =
      List.of(
          Request.of("NOSUCH"),
          Request.of("nosuch", "a", "two words", "\r\n"),
          Request.of("OBJECT"),
          Request.of("OBJECT", "nosuch", "a"),
          Request.of("CLIENT", "nosuch"),
          Request.of("ge", "a"),
          Request.of("GETT", "a"));

  private final Draw draw;
  private final List<Template> templates = new ArrayList<>();
  private final List<Request> unknown;
  private int totalWeight;

  CommandGenerator(long seed, long baseSeconds, CommandTable commands) {
    this.draw = new Draw(new SplittableRandom(seed), baseSeconds);
    this.unknown = UNKNOWN.stream().filter(r -> isForBoth(r, commands)).toList();
    for (Template template : Templates.all()) {
      if (commands.find(template.command()) != null) {
        templates.add(template);
        totalWeight += template.weight();
      }
    }
  }

  List<Request> next(int count) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(next());
    }
    return requests;
  }

  /// A container's error is asked for only where there is the container.
  private static boolean isForBoth(Request request, CommandTable commands) {
    boolean container = request.is("OBJECT") || request.is("CLIENT");
    return !container || commands.find(request.name()) != null;
  }

  private Request next() {
    if (draw.oneIn(UNKNOWN_ONE_IN)) {
      return draw.one(unknown);
    }
    Request request = template().draw(draw);
    if (draw.oneIn(WRONG_ARITY_ONE_IN)) {
      request = withOtherCount(request);
    }
    return draw.oneIn(ODD_CASE_ONE_IN) ? withOddCase(request) : request;
  }

  private Template template() {
    int at = draw.below(totalWeight);
    for (Template template : templates) {
      at -= template.weight();
      if (at < 0) {
        return template;
      }
    }
    throw new AssertionError("the weights do not add up");
  }

  private Request withOtherCount(Request request) {
    List<String> arguments = new ArrayList<>(request.arguments());
    if (arguments.size() > 1 && draw.oneIn(2)) {
      arguments.removeLast();
    } else {
      arguments.add(draw.one(List.of("extra", "a", "")));
    }
    return new Request(arguments);
  }

  private Request withOddCase(Request request) {
    List<String> arguments = new ArrayList<>(request.arguments());
    StringBuilder name = new StringBuilder();
    for (String letter : arguments.getFirst().split("", -1)) {
      name.append(draw.oneIn(2) ? letter.toLowerCase(Locale.ROOT) : letter);
    }
    arguments.set(0, name.toString());
    return new Request(arguments);
  }
}
