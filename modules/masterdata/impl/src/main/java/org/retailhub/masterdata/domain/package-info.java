/**
 * Products with their identifiers, and sales accounts: the aggregates, which are the JPA entities, and their repositories.
 *
 * <p>Everything belongs to one tenant; no method here answers across tenants.
 */
@NullMarked
package org.retailhub.masterdata.domain;

import org.jspecify.annotations.NullMarked;
