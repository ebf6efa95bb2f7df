/** Translates what came in and tells others. Not here: any channel's own format. */
@NullMarked
package org.retailhub.channel.messaging;

import org.jspecify.annotations.NullMarked;
