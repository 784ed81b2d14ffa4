/**
 * Backups of an agent's data as files: {@link dev.kagami.core.backup.Backup}.
 *
 * <p>Law: a backup is restored whole and sound, or not at all.
 */
package dev.kagami.core.backup;
