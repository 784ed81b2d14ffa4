/**
 * Configured values, refused in the same words by every process.
 *
 * <ul>
 *   <li>{@link dev.kagami.transport.setting.Setting} one value: its name, its text, what is allowed
 *   <li>{@link dev.kagami.transport.setting.SpaceSettings} what is stored, told to every role
 * </ul>
 *
 * <p>Where they are read, MicroProfile Config, is known only to the classes that start a process.
 */
package dev.kagami.transport.setting;
