/// What is measured of commands: counters and latencies per thread, the slow log, spikes.
@NullMarked
package io.pantala.server.stats;

import org.jspecify.annotations.NullMarked;
