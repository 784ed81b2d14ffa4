/** What a progress bar writes, with a clock of the test's own. */
package dev.kagami.cli.progress;
