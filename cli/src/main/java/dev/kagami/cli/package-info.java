/**
 * The command line: one class per command, packaged by what it operates on.
 *
 * <ul>
 *   <li>{@code Kagami}: the program, its list of commands, how failures are told
 *   <li>{@link dev.kagami.cli.CommandFailure}: a failure the user can do something about
 *   <li>{@link dev.kagami.cli.WrongOption}: a value an option does not take
 *   <li>{@link dev.kagami.cli.Installation}: where the build has put what the commands need
 *   <li>{@link dev.kagami.cli.admin.AdminRest}: the admin REST of a server
 * </ul>
 *
 * <p>{@code ./kagami} builds and starts this program; {@code ./kagami test} is done by that script
 * alone, because it must also work when nothing compiles, and so is {@code ./kagami simulate},
 * which starts a main class among the tests of the mirror.
 */
package dev.kagami.cli;
