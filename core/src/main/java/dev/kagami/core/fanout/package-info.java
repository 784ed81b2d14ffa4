/**
 * Ask many, keep every answer, judge them.
 *
 * <ul>
 *   <li>{@link dev.kagami.core.fanout.Fanout} asks all targets at once, until a deadline
 *   <li>{@link dev.kagami.core.fanout.Outcome} what one target did: answered, rejected, unknown
 *   <li>{@link dev.kagami.core.fanout.Outcomes} the same of all targets
 *   <li>{@link dev.kagami.core.fanout.Lanes} one thing for many items, some at a time
 *   <li>{@link dev.kagami.core.fanout.OutcomePolicy} what a mirrored write's outcomes mean, as a
 *       {@link dev.kagami.core.fanout.Decision}
 * </ul>
 *
 * <p>Law: a deadline is <em>unknown</em>, never "failed": the write may have landed.
 */
package dev.kagami.core.fanout;
