/**
 * Whether a target holds the same as the own cluster: proof, not mechanism. What is lacking comes
 * by the loop.
 *
 * <ul>
 *   <li>{@link dev.kagami.mirror.verification.Verifier} compares
 *   <li>{@link dev.kagami.mirror.verification.Rounds} has every target compared at an interval
 *   <li>{@link dev.kagami.mirror.verification.Verification} what came of it: digests, and {@link
 *       dev.kagami.mirror.verification.Difference}s with what is to be done about each
 * </ul>
 *
 * <p>Law: a difference counts only if it is still the same after the loops had time to pass both
 * ways, twice.
 */
package dev.kagami.mirror.verification;
