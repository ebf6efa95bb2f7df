/** The module's HTTP API: what is on the wire, and nothing that decides. */
@NullMarked
package org.retailhub.inventory.rest;

import org.jspecify.annotations.NullMarked;
