/**
 * Proofs on a whole hub: server, databases, broker and ERP as in production, in a folder of their own. {@link
 * org.retailhub.server.Hub} boots it, {@link org.retailhub.server.Shop} trades as a partner does, {@link
 * org.retailhub.server.Books} counts what the ERP has.
 */
package org.retailhub.server;
