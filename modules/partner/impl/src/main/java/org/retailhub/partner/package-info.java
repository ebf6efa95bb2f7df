/**
 * Partners, tenants and credentials: who may call the hub, and whose data a call may see.
 *
 * <p>Use cases and the bean behind {@link org.retailhub.partner.api.PartnerDirectory}. Not here: checking keys on requests (the
 * runtime's gate, in each WAR), quotas, and the API catalogue.
 */
@NullMarked
package org.retailhub.partner;

import org.jspecify.annotations.NullMarked;
