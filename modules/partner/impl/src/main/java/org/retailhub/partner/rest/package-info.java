/** The HTTP door for operators: partners and their credentials. Validation and views; the rules are further in. */
package org.retailhub.partner.rest;
