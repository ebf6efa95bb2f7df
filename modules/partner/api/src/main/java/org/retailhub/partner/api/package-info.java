/**
 * What other modules may know about partners: whose credential a key is, and the names of the scopes.
 *
 * <p>JDK and kernel only. Not here: how keys are made, stored or revoked.
 */
@NullMarked
package org.retailhub.partner.api;

import org.jspecify.annotations.NullMarked;
