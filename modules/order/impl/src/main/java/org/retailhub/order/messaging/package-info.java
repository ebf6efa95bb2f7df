/** What the order module sends to the ERP module, and what it does with the ERP's verdicts. */
package org.retailhub.order.messaging;
