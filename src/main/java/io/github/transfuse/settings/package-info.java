/**
 * The one table of parameters, and values for it: what hosts, macros, command line and scripts ask for has the same names,
 * ranges and defaults everywhere.
 *
 * <p>Start reading at {@link io.github.transfuse.settings.SettingSpec}, a row of the table, and {@link
 * io.github.transfuse.settings.Settings}, values for all rows of a {@link io.github.transfuse.settings.Task}. Data in: text
 * and values. Data out: values that are in range; all else is refused with the nearest key or the range.
 */
package io.github.transfuse.settings;
