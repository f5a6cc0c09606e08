/// What a command is: its row ([CommandSpec]), the table of all rows, the kinds of body, and
/// the families of commands.
@NullMarked
package io.pantala.server.command;

import org.jspecify.annotations.NullMarked;
