/** Translates what came in and tells others. Not here: any channel's own format. */
package org.retailhub.channel.messaging;
