/** What the order module sends to the ERP module, and what it does with the ERP's verdicts. */
@NullMarked
package org.retailhub.order.messaging;

import org.jspecify.annotations.NullMarked;
