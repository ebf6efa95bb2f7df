/**
 * Channels: what they send is stored as it came, translated, and told to the order module; each document's newest version once.
 *
 * <p>Use cases, repositories and {@link org.retailhub.channel.Imports}, which shows all that this module needs from others. Not here: what a
 * channel's own format looks like (one package per connector), and what an order is.
 */
@NullMarked
package org.retailhub.channel;

import org.jspecify.annotations.NullMarked;
