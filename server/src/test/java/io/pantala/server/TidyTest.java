package io.pantala.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Style that the formatter and Error Prone do not see, over the sources of all modules.
final class TidyTest {
  private static final int FILE_LINES = 500;
  private static final int METHOD_LINES = 70;
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// A line that starts a method's or constructor's body, as google-java-format lays it out.
  private static final Pattern METHOD_START =
      Pattern.compile(
          "^  (?:  )?(?!.*\\b(?:class|record|enum|interface|new)\\b)[^ @/}].*\\) ?.*\\{$");

  private record Source(Path path, List<String> lines) {
    boolean isTest() {
      return path.toString().contains("/src/test/");
    }
  }

  @Test
  void filesAreShort() throws IOException {
    assertThat(sources())
        .filteredOn(source -> source.lines().size() > FILE_LINES)
        .extracting(source -> ROOT.relativize(source.path()) + ": " + source.lines().size())
        .isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Source source : sources()) {
      addLongMethods(source, tooLong);
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void nothingIsLeftOpen() throws IOException {
    Pattern open = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    assertThat(sources())
        .filteredOn(source -> source.lines().stream().anyMatch(open.asPredicate()))
        .extracting(Source::path)
        .isEmpty();
  }

  @Test
  void everyPackageIsIntroduced() throws IOException {
    assertThat(sources())
        .filteredOn(source -> !source.isTest())
        .extracting(source -> source.path().getParent())
        .allMatch(folder -> Files.exists(folder.resolve("package-info.java")));
  }

  @Test
  void everyTopLevelTypeSaysWhatItIs() throws IOException {
    Pattern type = Pattern.compile("^public .*\\b(?:class|record|enum|interface) ");
    List<String> bare = new ArrayList<>();
    for (Source source : sources()) {
      int at = firstLine(source.lines(), type);
      if (!source.isTest() && at > 0 && !isDocumented(source.lines(), at)) {
        bare.add(ROOT.relativize(source.path()).toString());
      }
    }
    assertThat(bare).isEmpty();
  }

  private static boolean isDocumented(List<String> lines, int at) {
    int i = at - 1;
    while (i > 0 && !lines.get(i).isEmpty() && !lines.get(i).startsWith("///")) {
      i--;
    }
    return lines.get(i).startsWith("///");
  }

  private static int firstLine(List<String> lines, Pattern pattern) {
    for (int i = 0; i < lines.size(); i++) {
      if (pattern.matcher(lines.get(i)).find()) {
        return i;
      }
    }
    return -1;
  }

  private static void addLongMethods(Source source, List<String> tooLong) {
    List<String> lines = source.lines();
    for (int i = 0; i < lines.size(); i++) {
      Matcher start = METHOD_START.matcher(lines.get(i));
      if (!start.matches()) {
        continue;
      }
      String indent =
          lines.get(i).substring(0, lines.get(i).length() - lines.get(i).strip().length());
      int end = i + 1;
      while (end < lines.size() && !lines.get(end).equals(indent + "}")) {
        end++;
      }
      if (end - i + 1 > METHOD_LINES) {
        tooLong.add(ROOT.relativize(source.path()) + ":" + (i + 1));
      }
    }
  }

  private static List<Source> sources() throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> path.toString().contains("/src/"))
          .map(TidyTest::read)
          .toList();
    }
  }

  private static Source read(Path path) {
    try {
      return new Source(path, Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
