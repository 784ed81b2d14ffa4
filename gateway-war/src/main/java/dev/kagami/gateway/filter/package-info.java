/**
 * Other people's programs on the way of vectors: what Vald's filter gateway does.
 *
 * <ul>
 *   <li>{@link dev.kagami.gateway.filter.FilterSettings} who is asked, as configured
 *   <li>{@link dev.kagami.gateway.filter.GrpcVectorFilters} asks them by {@code filter.ingress.v1}
 *       and {@code filter.egress.v1}
 * </ul>
 *
 * <p>Vocabulary: an <em>ingress</em> filter changes a vector on its way in, or makes one of a raw
 * object and then is a <em>vectorizer</em>; an <em>egress</em> filter changes hits and stored
 * vectors on their way out. A request may <em>name</em> filters of its own.
 *
 * <p>Law: a request makes this process call nobody that its operator has not allowed.
 */
package dev.kagami.gateway.filter;
