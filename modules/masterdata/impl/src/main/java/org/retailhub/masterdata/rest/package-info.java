/** The HTTP door: products and sales accounts of the caller's tenant. Validation and views; the rules are further in. */
@NullMarked
package org.retailhub.masterdata.rest;

import org.jspecify.annotations.NullMarked;
