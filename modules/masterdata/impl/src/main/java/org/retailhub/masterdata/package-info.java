/**
 * Master data: what is sold, under which names, and how the ERP books it.
 *
 * <p>The beans behind {@link org.retailhub.masterdata.api.Products} and {@link org.retailhub.masterdata.api.SalesAccounts}. A
 * small module: its resources call the repositories themselves, there are no use cases between. Not here: stock, prices, and
 * the ERP's own tables.
 */
@NullMarked
package org.retailhub.masterdata;

import org.jspecify.annotations.NullMarked;
