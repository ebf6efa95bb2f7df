/**
 * What other modules may know of the ERP module: the posting commands it takes, the events it sends and the questions it answers. No
 * word of any particular ERP.
 */
@NullMarked
package org.retailhub.erp.api;

import org.jspecify.annotations.NullMarked;
