/**
 * A sample of an ingress filter, as small as it can be and yet of use: vectors of texts.
 *
 * <ul>
 *   <li>{@link dev.kagami.samples.vectorizer.Vectorizer} the server
 * </ul>
 *
 * <p>{@code HashedWords} makes the vectors: texts that share words are near to each other by
 * cosine.
 */
package dev.kagami.samples.vectorizer;
