/// JMH benchmarks of single structures; run one with `bench/bin/jmh PATTERN`.
@NullMarked
package io.pantala.bench.jmh;

import org.jspecify.annotations.NullMarked;
