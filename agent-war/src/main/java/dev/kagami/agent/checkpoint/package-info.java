/**
 * What an agent held at one place of its log, on disk, so that the log before it can go.
 *
 * <ul>
 *   <li>{@link dev.kagami.agent.checkpoint.Checkpoints} the port
 *   <li>{@link dev.kagami.agent.checkpoint.Difference} what changed from one checkpoint to the
 *       next: {@link dev.kagami.agent.checkpoint.SavedVersion}s and {@link
 *       dev.kagami.agent.checkpoint.SavedMark}s
 *   <li>{@link dev.kagami.agent.checkpoint.CheckpointState} what a checkpoint says of itself
 *   <li>{@link dev.kagami.agent.checkpoint.LuceneCheckpoints} the port on a Lucene index that is
 *       never searched: one commit is one checkpoint
 *   <li>{@link dev.kagami.agent.checkpoint.GraphFiles} graphs beside the checkpoints: {@link
 *       dev.kagami.agent.checkpoint.NumberWriter}, {@link dev.kagami.agent.checkpoint.NumberReader}
 *   <li>{@link dev.kagami.agent.checkpoint.FlatFormat} vectors of any dimension in it, without a
 *       graph
 * </ul>
 *
 * <p>Law: a checkpoint and the log behind it are all that was acknowledged. What is damaged is
 * named, and never replaced by something empty.
 */
package dev.kagami.agent.checkpoint;
