/**
 * Partners and their credentials: the aggregates, which are the JPA entities, and the two repositories that keep them.
 *
 * <p>A small module: rules are few, so there are no policies apart from the aggregates.
 */
@NullMarked
package org.retailhub.partner.domain;

import org.jspecify.annotations.NullMarked;
