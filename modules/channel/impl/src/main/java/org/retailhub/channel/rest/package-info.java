/** The doors: what channels send, and what operators keep. Validation and views; the rules are further in. */
@NullMarked
package org.retailhub.channel.rest;

import org.jspecify.annotations.NullMarked;
