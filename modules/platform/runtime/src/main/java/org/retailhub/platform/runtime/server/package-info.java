/**
 * What a module asks of its server: threads that follow its state, leases in the cluster, a node identifier that nobody else has, and
 * whether the database is fit.
 */
@NullMarked
package org.retailhub.platform.runtime.server;

import org.jspecify.annotations.NullMarked;
