/// How the log is written: set up in code, for an XML file costs a tenth of the start.
@NullMarked
package io.pantala.server.logging;

import org.jspecify.annotations.NullMarked;
