/// HTTP on the ports of RESP: the status page, its figures, metrics for Prometheus, a health check.
@NullMarked
package io.pantala.server.http;

import org.jspecify.annotations.NullMarked;
