/**
 * Real trade: the sales invoices of UCI Online Retail (a British wholesaler of gifts, 2010 and 2011, CC BY 4.0) as canonical orders, and,
 * apart from that and straight from the files, the sums that the ERP must come to. The data are not part of this project.
 */
@NullMarked
package org.retailhub.trade.uci;

import org.jspecify.annotations.NullMarked;
