/** The HTTP door: views, scopes and who sees what. */
@NullMarked
package org.retailhub.operations.rest;

import org.jspecify.annotations.NullMarked;
