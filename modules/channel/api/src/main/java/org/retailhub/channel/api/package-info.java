/**
 * What other modules may know about channels: the events that tell what channels did with money, and the module's error codes.
 *
 * <p>JDK and kernel only. What a channel sells goes to the order module as its commands; connections and raw payloads are nobody's
 * business but this module's.
 */
@NullMarked
package org.retailhub.channel.api;

import org.jspecify.annotations.NullMarked;
