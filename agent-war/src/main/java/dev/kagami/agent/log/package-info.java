/**
 * What an agent may not forget.
 *
 * <ul>
 *   <li>{@link dev.kagami.agent.log.WriteAheadLog} the port
 *   <li>{@link dev.kagami.agent.log.LogRecord} one change
 * </ul>
 *
 * <p>Law: recovery gives back every acknowledged record, or says loudly which file is damaged.
 */
package dev.kagami.agent.log;
