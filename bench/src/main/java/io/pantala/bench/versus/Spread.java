package io.pantala.bench.versus;

import java.util.Locale;
import java.util.stream.DoubleStream;

/// The values of one measure over all rounds.
record Spread(double median, double least, double most, int count) {
  static Spread of(DoubleStream values) {
    double[] v = values.sorted().toArray();
    if (v.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double median = (v[(v.length - 1) / 2] + v[v.length / 2]) / 2;
    return new Spread(median, v[0], v[v.length - 1], v.length);
  }

  /// `median [least–most]`, or the value alone when there is one.
  String text(int digits) {
    if (count == 1) {
      return number(median, digits);
    }
    return number(median, digits) + " [" + number(least, digits) + "–" + number(most, digits) + "]";
  }

  /// How many times as much as `other`; empty where that is nothing.
  String ratioTo(Spread other) {
    return other.median == 0 ? "" : number(median / other.median, 2);
  }

  static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
