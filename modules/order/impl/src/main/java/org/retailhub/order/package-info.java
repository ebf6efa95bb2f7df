/**
 * Orders: taken from channels exactly once, posted to the ERP module in order, changed and cancelled until the ERP has made its
 * document.
 *
 * <p>Use cases, the beans behind {@link org.retailhub.order.api}, and {@link org.retailhub.order.Imports}, which shows all that
 * this module needs from others. Not here: how an ERP books a sale, and what a channel's own format looks like.
 */
@NullMarked
package org.retailhub.order;

import org.jspecify.annotations.NullMarked;
