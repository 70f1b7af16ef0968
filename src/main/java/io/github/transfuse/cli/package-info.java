/**
 * The command line host. Start reading at {@link io.github.transfuse.cli.Main}; each command is a {@code Subcommand}, and
 * the options come from the table of settings through {@code SettingOptions}. Data in: arguments. Data out: files, lines
 * on standard output, messages on standard error, and exit code 0 (all good), 1 (something failed) or 2 (bad usage). The
 * native side is not loaded before a command needs it.
 */
package io.github.transfuse.cli;
