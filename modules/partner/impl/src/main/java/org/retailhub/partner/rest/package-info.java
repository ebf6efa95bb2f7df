/** The HTTP door for operators: partners and their credentials. Validation and views; the rules are further in. */
@NullMarked
package org.retailhub.partner.rest;

import org.jspecify.annotations.NullMarked;
