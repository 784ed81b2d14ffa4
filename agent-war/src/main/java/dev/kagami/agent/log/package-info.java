/**
 * What an agent may not forget.
 *
 * <ul>
 *   <li>{@link dev.kagami.agent.log.WriteAheadLog} the port
 *   <li>{@link dev.kagami.agent.log.LogRecord} one change
 *   <li>{@link dev.kagami.agent.log.ArtemisWriteAheadLog} the port on an Apache Artemis journal:
 *       {@link dev.kagami.agent.log.LogFrame}s in the files of a {@link
 *       dev.kagami.agent.log.LogDirectory}, put together again by {@link
 *       dev.kagami.agent.log.LogReader}
 * </ul>
 *
 * <p>Law: recovery gives back every acknowledged record, or says loudly which file is damaged.
 */
package dev.kagami.agent.log;
